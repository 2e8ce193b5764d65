"""Buttons on alerts: take it, talk about it, say that it is dealt with."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

from bot.usecases.alerts import discuss_alert, finish_alert, take_alert
from handlers.slack import ids
from handlers.slack.front_door import FrontDoor, caller_of


def register(app: AsyncApp, door: FrontDoor) -> None:
    """Bind the buttons; what they change shows in the living message, through the outbox."""

    @app.action(ids.ALERT_TAKE)
    async def take(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody clicks "I take this"."""
        actor = caller_of(context).actor
        await door.database.write(
            partial(
                take_alert,
                actor=actor,
                alert_id=int(body["actions"][0]["value"]),
                now=door.clock.now(),
                calendar=door.calendar(actor.settings),
            )
        )
        await ack()

    @app.action(ids.ALERT_DISCUSS)
    async def discuss(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """A reviewer clicks "Talk about it"."""
        actor = caller_of(context).actor
        await door.database.write(
            partial(
                discuss_alert,
                actor=actor,
                alert_id=int(body["actions"][0]["value"]),
                now=door.clock.now(),
                calendar=door.calendar(actor.settings),
            )
        )
        await ack()

    @app.action(ids.ALERT_DONE)
    async def done(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Whoever was asked clicks "It's dealt with"."""
        await door.database.write(
            partial(
                finish_alert,
                actor=caller_of(context).actor,
                alert_id=int(body["actions"][0]["value"]),
                now=door.clock.now(),
            )
        )
        await ack()
