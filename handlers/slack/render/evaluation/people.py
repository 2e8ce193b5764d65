"""The form in which a reviewer says who takes part in a discussion."""

from __future__ import annotations

from slack_sdk.models.blocks import Block, InputBlock, PlainTextObject, UserMultiSelectElement
from slack_sdk.models.views import View

from bot.language import Language
from bot.usecases.evaluation import TakingPart
from handlers.slack import ids
from handlers.slack.render.fragments import section


def build_people_form(t: Language, taking_part: TakingPart) -> View:
    """Whom to ask in, and for whom nobody has to wait."""
    blocks: list[Block] = [
        section(t.gettext("Who takes part in {code}?", code=taking_part.discussion.code)),
        _people(
            ids.EVALUATION_PEOPLE_ASK,
            t.gettext("Ask in colleagues"),
            t.gettext("Full members only; they are asked for their view too."),
        ),
    ]
    if taking_part.waited_for:
        blocks.append(
            _people(
                ids.EVALUATION_PEOPLE_AWAY,
                t.gettext("Who can’t answer now?"),
                t.gettext("Nobody waits for them any more. They can still answer."),
            )
        )
    return View(
        type="modal",
        callback_id=ids.EVALUATION_PEOPLE_FORM,
        private_metadata=str(taking_part.discussion.id),
        title=PlainTextObject(text=t.gettext("Who takes part")),
        submit=PlainTextObject(text=t.gettext("Save")),
        close=PlainTextObject(text=t.gettext("Cancel")),
        blocks=blocks,
    )


def _people(block_id: str, label: str, hint: str) -> InputBlock:
    return InputBlock(
        block_id=block_id,
        label=PlainTextObject(text=label),
        element=UserMultiSelectElement(action_id=block_id),
        hint=PlainTextObject(text=hint),
        optional=True,
    )
