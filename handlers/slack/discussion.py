"""Opening a discussion by hand, and turning a thread into a channel."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.usecases.discussion import turn_into_channel
from handlers.features import ids
from handlers.slack.action_values import clicked_id
from handlers.slack.listener_context import ListenerContext, caller_of
from handlers.slack.render.discussion import build_moving
from handlers.slack.routes import Routes


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the button under a thread."""

    @routes.action(ids.DISCUSSION_TO_CHANNEL)
    async def to_channel(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody clicks "Make it a private channel"."""
        moved = await door.database.write(
            partial(
                turn_into_channel,
                actor=caller_of(context).actor,
                discussion_id=clicked_id(body),
                now=door.clock.now(),
            )
        )
        await ack()
        await door.answer(body, build_moving(caller_of(context).language, moved.code))
