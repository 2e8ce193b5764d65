"""Marking what may be standing in Slack already."""

from __future__ import annotations

from bot.language import Language
from handlers.slack.render.fragments import context
from handlers.slack.render.message import Message


def repeat_line(t: Language) -> str:
    """Why something may have come twice."""
    return t.gettext("You may have seen this before: the connection to Slack broke while I was sending it.")


def mark_as_possible_repeat(t: Language, message: Message) -> Message:
    """`message` with a line that says why it may have come twice."""
    line = repeat_line(t)
    return Message(text=f"{message.text}\n{line}", blocks=[*message.blocks, context(line)] if message.blocks else [])
