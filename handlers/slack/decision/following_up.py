"""The buttons on the private question whether all is well."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.usecases.decision import say_all_is_well, talk_again
from handlers.features import ids
from handlers.features.discussion.messages import build_discussion_opened
from handlers.slack.action_values import clicked_id
from handlers.slack.listener_context import ListenerContext, caller_of
from handlers.slack.routes import Routes


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the buttons; that somebody answered shows in the messages themselves, through the outbox."""

    @routes.action(ids.DECISION_WELL)
    async def well(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody clicks "All is well"."""
        await door.database.write(
            partial(
                say_all_is_well,
                actor=caller_of(context).actor,
                decision_id=clicked_id(body),
                now=door.clock.now(),
            )
        )
        await ack()

    @routes.action(ids.DECISION_TALK)
    async def talk(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody clicks "Talk about it again"; the answer names the case code alone."""
        caller = caller_of(context)
        opened, is_new = await door.database.write(
            partial(
                talk_again,
                actor=caller.actor,
                decision_id=clicked_id(body),
                now=door.clock.now(),
                calendar=door.calendar(caller.actor.settings),
            )
        )
        await ack()
        await door.answer(body, build_discussion_opened(caller.language, opened.code, is_new=is_new).text)
