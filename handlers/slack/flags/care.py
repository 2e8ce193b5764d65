"""The buttons on the private task to check in with a colleague."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.usecases.flags import finish_care, take_off_client
from handlers.features import ids
from handlers.slack.action_values import clicked_id
from handlers.slack.listener_context import ListenerContext, caller_of
from handlers.slack.routes import Routes


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the buttons; what they change shows in the message, through the outbox."""

    @routes.action(ids.CARE_DONE)
    async def done(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody has checked in with their colleague."""
        task_id = clicked_id(body)
        await door.database.write(
            partial(finish_care, actor=caller_of(context).actor, task_id=task_id, now=door.clock.now())
        )
        await ack()

    @routes.action(ids.CARE_TAKE_OFF)
    async def take_off(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody takes their colleague off the client."""
        task_id = clicked_id(body)
        await door.database.write(
            partial(take_off_client, actor=caller_of(context).actor, task_id=task_id, now=door.clock.now())
        )
        await ack()
