"""A message as Slack takes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct, field
from slack_sdk.models.blocks import Block

from handlers.slack.painting.message import MAX_ANSWER_LENGTH, MAX_MESSAGE_LENGTH, PaintedMessage
from handlers.slack.painting.text import mrkdwn, said
from handlers.slack.render.block_json import plain


class Message(Struct, frozen=True):
    """`text` is what notifications and screen readers get, in full sentences; `blocks` are what is drawn.

    Blocks are typed models, or dicts for the kinds that the SDK has no model for.
    """

    text: str
    blocks: Sequence[Block | dict[str, Any]] = field(default_factory=tuple)

    def painted(self, longest: int = MAX_MESSAGE_LENGTH) -> PaintedMessage:
        """The message as Slack takes it."""
        draw = said if self.blocks else mrkdwn
        return PaintedMessage(draw(self.text, {}, longest), self.block_dicts())

    def answer(self) -> dict[str, Any]:
        """The message as an acknowledgement has it."""
        painted = self.painted(MAX_ANSWER_LENGTH)
        return {"text": painted.text, "blocks": painted.blocks}

    def block_dicts(self) -> list[dict[str, Any]]:
        """The blocks as JSON-ready data."""
        return [plain(block) for block in self.blocks]


def drawn(text: str) -> str:
    """A sentence of an acknowledgement as Slack draws it."""
    return mrkdwn(text, {}, MAX_ANSWER_LENGTH)
