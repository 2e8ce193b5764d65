"""What people do about discussions: open one by a client's name."""

from __future__ import annotations

from bot.usecases.discussion import open_discussion_by_name
from handlers.features.discussion.messages import build_discussion_opened
from handlers.surface.interactions import Caller
from handlers.surface.message import Message


async def discuss(name: str, caller: Caller) -> Message:
    """A reviewer types that a client is to be talked about; the answer names the case code alone."""
    opened, is_new = await caller.run(open_discussion_by_name, name=name)
    return build_discussion_opened(caller.language, opened.code, is_new=is_new)
