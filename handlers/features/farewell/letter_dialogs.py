"""The small forms around a letter: why it goes back, why there is no time to wait, and when it was sent."""

from __future__ import annotations

from datetime import date

from bot.domain.farewell.drafting import SentBy
from bot.domain.farewell.letter.letter import MAX_LETTER_PART_LENGTH
from bot.language import Language
from bot.language.letter_words import sent_by_label
from bot.usecases.farewell.letters import LetterView
from handlers.features import ids
from handlers.features.farewell.letter_marks import build_marks
from handlers.surface.answers import Answers
from handlers.surface.form import Day, Form, Lines, OneOf, Option
from handlers.surface.message import Paragraph


def build_marked_form(t: Language, view: LetterView) -> Form:
    """The words that stand out once more, before approval is asked for a letter that keeps them."""
    said = t.gettext(
        "These words stand out. You can change them, or ask for approval as it is: that you looked at them is kept, "
        "and whoever reads the letter sees it."
    )
    return Form(
        id=ids.LETTER_ASK_MARKED_FORM,
        carried=f"{view.record.id}:{view.number}",
        title=t.gettext("Leave it as it is?"),
        submit=t.gettext("Ask as it is"),
        close=t.gettext("Change it"),
        elements=(Paragraph(said), *build_marks(t, view.marks)),
    )


def build_return_form(t: Language, letter_id: int, version: int) -> Form:
    """Why a letter goes back to its writer."""
    return Form(
        id=ids.LETTER_RETURN_FORM,
        carried=f"{letter_id}:{version}",
        title=t.gettext("Send it back"),
        submit=t.gettext("Send back"),
        close=t.gettext("Cancel"),
        elements=(
            Lines(id=ids.LETTER_REASON, label=t.gettext("What should change?"), max_length=MAX_LETTER_PART_LENGTH),
        ),
    )


def build_exception_form(t: Language, letter_id: int) -> Form:
    """Why there is no time to wait."""
    said = t.gettext(
        "The team has agreed to wait after a warning. If that cannot be this time, say why: it is kept, and a second "
        "reviewer has to agree. Where there is no other, it counts from the next working day."
    )
    return Form(
        id=ids.LETTER_EXCEPTION_FORM,
        carried=str(letter_id),
        title=t.gettext("No time to wait"),
        submit=t.gettext("Ask"),
        close=t.gettext("Cancel"),
        elements=(
            Paragraph(said),
            Lines(id=ids.LETTER_REASON, label=t.gettext("Why not?"), max_length=MAX_LETTER_PART_LENGTH),
        ),
    )


def build_sent_form(t: Language, view: LetterView, today: date) -> Form:
    """On which day and how a letter went."""
    sent = view.sent
    options = tuple(Option(sent_by_label(t, one), one.value) for one in SentBy)
    return Form(
        id=ids.LETTER_SENT_FORM,
        carried=str(view.record.id),
        title=t.gettext("Mark as sent"),
        submit=t.gettext("Save"),
        close=t.gettext("Cancel"),
        elements=(
            Paragraph(t.gettext("You send it yourself; I only keep the day. Every later date counts from it.")),
            Day(
                id=ids.LETTER_SENT_ON,
                label=t.gettext("Sent on"),
                chosen=sent.sent_on if sent is not None else today,
            ),
            OneOf(
                id=ids.LETTER_SENT_BY,
                label=t.gettext("How"),
                options=options,
                chosen=sent.sent_by.value if sent is not None and sent.sent_by is not None else SentBy.EMAIL.value,
            ),
        ),
    )


def read_sent(answers: Answers) -> tuple[date, SentBy]:
    """The day and the way; raises `DateUnreadableError` or `ChoiceUnknownError`."""
    return answers.day(ids.LETTER_SENT_ON), answers.choice(ids.LETTER_SENT_BY, SentBy)
