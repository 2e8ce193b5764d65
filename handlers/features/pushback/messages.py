"""What a colleague gets after noting what a client said, and what those hear who have to see to it."""

from __future__ import annotations

from bot.domain.pushback import HAS_REPLY, SAFETY_FIRST, SETTLED_LATER, Pushback
from bot.language import Language
from bot.language.marks import bold
from bot.language.pushback_words import advice, pushback_label
from bot.usecases.pushback.noting import PushbackView
from bot.usecases.pushback.telling import ToSeeTo
from handlers.features import ids
from handlers.surface.message import (
    MAX_AS_TYPED_LENGTH,
    Button,
    Element,
    Heading,
    Measure,
    Message,
    Paragraph,
    Verbatim,
    Weight,
    button_row,
    small_print,
)
from handlers.surface.reading import Reading


def build_pushback(reading: Reading, view: PushbackView, measure: Measure) -> Message:
    """What was said, what to think of first, and the reply to copy where there is one."""
    t, pushback = reading.language, view.pushback
    elements: list[Element] = [
        Paragraph(f"{bold(pushback_label(t, pushback.kind))}\n{_advice(t, pushback)}"),
        *_policy(t, view),
        *_reply(t, view),
        Heading(t.gettext("What they said")),
        Verbatim(pushback.said[:MAX_AS_TYPED_LENGTH]),
        small_print(
            t.gettext(
                "Noted by {person}; said on {date}.",
                person=reading.person(pushback.recorded_by_id),
                date=t.date(pushback.said_on),
            )
        ),
    ]
    if pushback.kind in SETTLED_LATER and pushback.settled_at is None:
        elements.append(button_row(Button(t.gettext("This is settled"), ids.PUSHBACK_SETTLE, str(pushback.id))))
    elif pushback.kind in SETTLED_LATER:
        by = t.gettext("Settled by {person}.", person=reading.person(pushback.settled_by_id))
        elements.append(small_print(by))
    return Message(pushback_label(t, pushback.kind), tuple(elements))


def build_to_see_to(reading: Reading, told: ToSeeTo) -> Message:
    """What those hear who have to see to it."""
    t, pushback = reading.language, told.pushback
    lines = [f"*{told.client_name}*: {pushback_label(t, pushback.kind)}", _advice(t, pushback)]
    if told.step > 1:
        lines.append(t.gettext("It is not settled yet."))
    text = t.gettext("A client said something that has to be seen to.")
    look = Button(t.gettext("Look at it"), ids.PUSHBACK_SHOW, str(pushback.id), Weight.MAIN)
    return Message(text, (Paragraph("\n".join(lines)), button_row(look)))


def _advice(t: Language, pushback: Pushback) -> str:
    values = {"date": t.date(pushback.answer_by)} if pushback.answer_by is not None else {}
    return advice(t, pushback.kind, **values)


def _policy(t: Language, view: PushbackView) -> list[Element]:
    if view.pushback.kind not in SAFETY_FIRST:
        return []
    title = Heading(t.gettext("What we agreed for this"))
    if view.policy is not None:
        return [title, Verbatim(view.policy.strip()[:MAX_AS_TYPED_LENGTH])]
    unwritten = t.gettext(
        "Your team has not written down yet what to do and whom to call. Until then: see that nobody is alone with it, "
        "tell whoever leads the team now, call the police where somebody is in danger, and let the employer report it. "
        "An admin can put your own text here."
    )
    return [title, Paragraph(unwritten)]


def _reply(t: Language, view: PushbackView) -> list[Element]:
    if view.pushback.kind not in HAS_REPLY:
        return []
    # A bot that writes no letter does without the templates.
    from bot.documents.letter.reply import write_reply

    written = write_reply(view.pushback.kind.value, view.letter, view.sentences)
    return [Heading(t.gettext("A reply to copy")), Verbatim(written[:MAX_AS_TYPED_LENGTH])]
