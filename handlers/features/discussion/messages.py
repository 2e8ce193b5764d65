"""What is said about discussions."""

from __future__ import annotations

from bot.language import Language
from handlers.surface.message import Message


def build_discussion_opened(t: Language, code: str, *, is_new: bool) -> Message:
    """The answer to opening a discussion by hand; it names the case code alone."""
    if is_new:
        return Message(t.gettext("{code} is being opened. Those involved are asked in.", code=code))
    return Message(t.gettext("{code} is open already; go on there.", code=code))
