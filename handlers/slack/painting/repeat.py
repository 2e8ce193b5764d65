"""Marking what may be standing in Slack already."""

from __future__ import annotations

from bot.language import Language
from handlers.slack.painting.message import PaintedMessage, paint_elements
from handlers.surface.message import small_print


def repeat_line(t: Language) -> str:
    """Why something may have come twice."""
    return t.gettext("You may have seen this before: the connection to Slack broke while I was sending it.")


def mark_as_possible_repeat(t: Language, message: PaintedMessage) -> PaintedMessage:
    """`message` with a line that says why it may have come twice."""
    line = repeat_line(t)
    more = paint_elements([small_print(line)], {}) if message.blocks else []
    return PaintedMessage(f"{message.text}\n{line}", [*message.blocks, *more])
