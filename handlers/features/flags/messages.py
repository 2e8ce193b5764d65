"""What is said around flags: help, short answers, and text that is given back."""

from __future__ import annotations

from bot.language import Language
from bot.language.marks import bold
from bot.language.vocabulary import category_label, severity_label
from handlers.features import ids
from handlers.surface.message import (
    MAX_AS_TYPED_LENGTH,
    Button,
    Message,
    Paragraph,
    Verbatim,
    button_row,
    small_print,
)


def build_help(t: Language, categories: tuple[str, ...]) -> Message:
    """The ways to flag and what else the command does, in the caller's language."""
    title = t.gettext("Flag what happened with a client, so that the team can deal with it fairly.")
    kinds = t.listing([category_label(t, key) for key in categories])
    levels = t.listing([f"{level} {severity_label(t, '', level).lower()}" for level in (1, 2, 3, 4)])
    lines = [
        t.gettext("`{flag_command}`: opens a form."),
        t.gettext(
            "`{flag_command} Acme late 3 invoice 2024-17 still open`: records at once. Put quotes around a name with "
            'spaces, or a name that is a command: `"Help"`.'
        ),
        t.gettext("From a message: its menu has “Flag a client”, and the message is kept as it was."),
        t.gettext("`{flag_command} discuss Acme`: a reviewer opens a discussion."),
        t.gettext("`{flag_command} left Acme`: the client has left; a debrief is planned."),
        t.gettext("`{debrief_command} Acme 20 March 14:00`: plans or moves the debrief."),
        t.gettext("`{dossier_command} Acme`: where a client stands, and why."),
    ]
    return Message(
        title,
        (
            Paragraph(bold(title)),
            Paragraph("\n".join(lines)),
            small_print(
                t.gettext("Kinds: {kinds}. Something good counts too.", kinds=kinds),
                t.gettext("How serious: {levels}.", levels=levels),
                t.gettext("A 4 asks first, since it may count something; (4) or the word says it for certain."),
                t.gettext("Was it another day? Put it in front: yesterday, last Friday, 12 November."),
                t.gettext("Write facts that you could show to the client: they may one day read them."),
            ),
        ),
    )


def build_nameless_receipt(t: Language) -> Message:
    """The answer in a place where others may read along: it names nobody."""
    return Message(t.gettext("Recorded. The details are in a private message from me."))


def build_given_back(sentence: str, text: str) -> Message:
    """What is wrong with `text`, and all of it drawn as it was typed."""
    starts = range(0, len(text), MAX_AS_TYPED_LENGTH)
    pieces = [sentence, *(text[start : start + MAX_AS_TYPED_LENGTH] for start in starts)]
    return Message(sentence, tuple(Verbatim(piece) for piece in pieces if piece.strip()))


def build_joined(t: Language) -> Message:
    """The answer to "Yes, I'm a witness"."""
    return Message(
        t.gettext(
            "Thank you: you are a witness to your colleague’s flag now, and yours is undone. The event counts once."
        )
    )


def build_witnessed(t: Language, flag_id: int, *, is_new: bool) -> Message:
    """The answer to "I saw this too", with the way back."""
    if is_new:
        text = t.gettext("Thank you: it is noted that you saw this too.")
    else:
        text = t.gettext("You are a witness to this flag already.")
    undo = Button(t.gettext("I didn’t see it after all"), ids.FLAG_WITNESS_UNDO, str(flag_id))
    return Message(text, (Paragraph(text), button_row(undo)))


def build_no_witness(t: Language) -> Message:
    """The answer to "I didn't see it after all"."""
    return Message(t.gettext("Noted: you are no witness to this flag any more."))
