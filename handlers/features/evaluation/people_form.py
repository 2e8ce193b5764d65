"""The window that shows who takes part in a discussion, in which a reviewer can ask in others."""

from __future__ import annotations

from slack_sdk.models.blocks import Block, InputBlock, PlainTextObject, UserMultiSelectElement
from slack_sdk.models.views import View

from bot.language import Language
from bot.language.marks import bold
from bot.usecases.evaluation import TakingPart
from handlers.features import ids
from handlers.slack.render.fragments import actions, button, section
from handlers.slack.render.reading import Reading

MAX_NAMES = 50


def build_people_form(reading: Reading, taking_part: TakingPart) -> View:
    """Who was asked and is waited for, and what its reader can do about it."""
    t = reading.language
    blocks: list[Block] = [section("\n".join(_who(reading, taking_part)))]
    if taking_part.is_reader_waited_for:
        away = button(t.gettext("I can’t answer now"), ids.EVALUATION_AWAY, str(taking_part.discussion.id))
        blocks.append(actions(away))
    if taking_part.may_ask_in:
        blocks += _asking_in(t, taking_part)
    return View(
        type="modal",
        callback_id=ids.EVALUATION_PEOPLE_FORM,
        private_metadata=str(taking_part.discussion.id),
        title=PlainTextObject(text=t.gettext("Who takes part")),
        submit=PlainTextObject(text=t.gettext("Save")) if taking_part.may_ask_in else None,
        close=PlainTextObject(text=t.gettext("Cancel") if taking_part.may_ask_in else t.gettext("Close")),
        blocks=blocks,
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


def _asking_in(t: Language, taking_part: TakingPart) -> list[Block]:
    blocks: list[Block] = [
        _people(
            ids.EVALUATION_PEOPLE_ASK,
            t.gettext("Ask in colleagues"),
            t.gettext("Full members only; they are asked for their view too."),
        )
    ]
    if taking_part.waited_for:
        blocks.append(
            _people(
                ids.EVALUATION_PEOPLE_AWAY,
                t.gettext("Who can’t answer now?"),
                t.gettext("Nobody waits for them any more. They can still answer."),
            )
        )
    return blocks


def _people(block_id: str, label: str, hint: str) -> InputBlock:
    return InputBlock(
        block_id=block_id,
        label=PlainTextObject(text=label),
        element=UserMultiSelectElement(action_id=block_id),
        hint=PlainTextObject(text=hint),
        optional=True,
    )
