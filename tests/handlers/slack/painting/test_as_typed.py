"""Text that is shown as it was typed."""

from __future__ import annotations

from bot.playground.blocks import check_message
from handlers.slack.painting.message import paint_message
from handlers.surface.message import MAX_AS_TYPED_LENGTH, Message, Verbatim


def test_nothing_in_it_is_drawn_as_anything_else() -> None:
    typed = "*b* _i_ `c` <!channel> & :tada:".ljust(MAX_AS_TYPED_LENGTH, "&")
    painted = paint_message(Message("Yours", (Verbatim(typed),)), {})
    (block,) = painted.blocks
    assert block["text"] == {"type": "plain_text", "text": typed, "emoji": False}
    assert check_message({"channel": "C1", "text": painted.text, "blocks": painted.blocks}) == []
