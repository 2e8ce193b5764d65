"""What people do about discussions: open one by hand, and turn a thread into a private channel."""

from __future__ import annotations

from bot.usecases.discussion.moving import go_on_elsewhere, turn_into_channel
from bot.usecases.discussion.opening import open_discussion_by_hand, open_discussion_by_name
from handlers.features import ids
from handlers.features.discussion.messages import build_discussion_opened, build_moving
from handlers.surface.interactions import Caller, Click, Interactions
from handlers.surface.message import Message

INTERACTIONS = Interactions()


async def discuss(name: str, caller: Caller) -> Message:
    """A reviewer types that a client should be talked about; the answer names the case code alone."""
    opened, is_new = await caller.run(open_discussion_by_name, name=name)
    return build_discussion_opened(caller.language, opened.code, is_new=is_new)


@INTERACTIONS.click(ids.DOSSIER_DISCUSS)
async def discuss_client(click: Click, caller: Caller) -> Message:
    """A reviewer clicks "Talk about it" in a dossier; the answer names the case code alone."""
    opened, is_new = await caller.run(open_discussion_by_hand, client_id=click.id)
    return build_discussion_opened(caller.language, opened.code, is_new=is_new)


@INTERACTIONS.click(ids.DISCUSSION_TO_CHANNEL)
async def to_channel(click: Click, caller: Caller) -> Message:
    """Somebody clicks "Make it a private channel"."""
    moved = await caller.run(turn_into_channel, discussion_id=click.id)
    return build_moving(caller.language, moved.code)


@INTERACTIONS.click(ids.DISCUSSION_ELSEWHERE)
async def elsewhere(click: Click, caller: Caller) -> Message:
    """An admin or a reviewer clicks "Go on in a new private channel"."""
    moved = await caller.run(go_on_elsewhere, discussion_id=click.id)
    return build_moving(caller.language, moved.code)
