"""The form that shows who takes part in a discussion, in which a reviewer can ask in others."""

from __future__ import annotations

from bot.language import Language
from bot.language.marks import bold
from bot.usecases.evaluation.taking_part import TakingPart
from handlers.features import ids
from handlers.surface.answers import Answers
from handlers.surface.form import Field, Form, PeopleField
from handlers.surface.message import Button, Element, Paragraph, button_row
from handlers.surface.reading import Reading

MAX_NAMES = 50


def build_people_form(reading: Reading, taking_part: TakingPart) -> Form:
    """Who was asked and is waited for, and what its reader can do about it."""
    t = reading.language
    elements: list[Element | Field] = [Paragraph("\n".join(_who(reading, taking_part)))]
    if taking_part.is_reader_waited_for:
        away = Button(t.gettext("I can’t answer now"), ids.EVALUATION_AWAY, str(taking_part.discussion.id))
        elements.append(button_row(away))
    if taking_part.may_ask_in:
        elements += _asking_in(t, taking_part)
    return Form(
        id=ids.EVALUATION_PEOPLE_FORM,
        carried=str(taking_part.discussion.id),
        title=t.gettext("Who takes part"),
        submit=t.gettext("Save") if taking_part.may_ask_in else None,
        close=t.gettext("Cancel") if taking_part.may_ask_in else t.gettext("Close"),
        elements=tuple(elements),
    )


def _who(reading: Reading, taking_part: TakingPart) -> list[str]:
    t = reading.language
    asked = t.gettext("Asked in: {people}", people=reading.people(taking_part.asked, MAX_NAMES))
    lines = [bold(taking_part.discussion.code), asked]
    if taking_part.waited_for:
        people = reading.people(taking_part.waited_for, MAX_NAMES)
        lines.append(t.gettext("No answer yet: {people}", people=people))
    if taking_part.away:
        lines.append(t.gettext("Can’t answer now: {people}", people=reading.people(taking_part.away, MAX_NAMES)))
    return lines


def _asking_in(t: Language, taking_part: TakingPart) -> list[PeopleField]:
    fields = [
        PeopleField(
            id=ids.EVALUATION_PEOPLE_ASK,
            label=t.gettext("Ask in colleagues"),
            hint=t.gettext("Full members only; they are asked for their view too."),
            is_optional=True,
        )
    ]
    if taking_part.waited_for:
        away = PeopleField(
            id=ids.EVALUATION_PEOPLE_AWAY,
            label=t.gettext("Who can’t answer now?"),
            hint=t.gettext("Nobody waits for them any more. They can still answer."),
            is_optional=True,
        )
        fields.append(away)
    return fields


def read_people(answers: Answers) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Who is to be asked in, and who is away."""
    return answers.people(ids.EVALUATION_PEOPLE_ASK), answers.people(ids.EVALUATION_PEOPLE_AWAY)
