"""A message as Slack takes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct, field
from slack_sdk.models.blocks import Block

from handlers.slack.render.block_json import plain


class Message(Struct, frozen=True):
    """`text` is what notifications and screen readers get, in full sentences; `blocks` are what is drawn.

    Blocks are typed models, or dicts for the kinds that the SDK has no model for.
    """

    text: str
    blocks: Sequence[Block | dict[str, Any]] = field(default_factory=tuple)

    def block_dicts(self) -> list[dict[str, Any]]:
        """The blocks as JSON-ready data."""
        return [plain(block) for block in self.blocks]
