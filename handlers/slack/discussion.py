"""Opening a discussion by hand, and turning a thread into a channel."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.domain.model import Discussion
from bot.domain.timetable import WorkingCalendar
from bot.usecases.actor import Actor
from bot.usecases.client_index import ClientIndex
from bot.usecases.clients import find_client
from bot.usecases.discussion import open_discussion_by_hand, turn_into_channel
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from handlers.features.discussion.messages import build_discussion_opened
from handlers.slack.action_values import clicked_id
from handlers.slack.listener_context import Caller, ListenerContext, caller_of
from handlers.slack.render.discussion import build_moving
from handlers.slack.routes import Routes


def _open_by_name(
    uow: UnitOfWork, *, index: ClientIndex, actor: Actor, name: str, now: datetime, calendar: WorkingCalendar
) -> tuple[Discussion, bool]:
    client = find_client(uow, index, actor, name)
    return open_discussion_by_hand(uow, actor, client.id, now, calendar)


async def discuss(ack: AsyncAck, caller: Caller, door: ListenerContext, name: str) -> None:
    """A reviewer types `/flagclient discuss` and a client's name; the answer names the case code alone."""
    opened, is_new = await door.database.write(
        partial(
            _open_by_name,
            index=door.index,
            actor=caller.actor,
            name=name,
            now=door.clock.now(),
            calendar=door.calendar(caller.actor.settings),
        )
    )
    await ack(text=build_discussion_opened(caller.language, opened.code, is_new=is_new).text, response_type="ephemeral")


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
