"""Buttons on alerts: take it, talk about it, say that it is dealt with."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.domain.timetable import WorkingCalendar
from bot.usecases.actor import Actor
from bot.usecases.alerts import Taken, discuss_alert, finish_alert, refuse_unless_shown, take_alert
from bot.usecases.ports import UnitOfWork
from handlers.slack import ids
from handlers.slack.action_values import clicked_id
from handlers.slack.listener_context import ListenerContext, caller_of
from handlers.slack.members import PLATFORM
from handlers.slack.render.alerts import build_finished, build_taken
from handlers.slack.render.discussion import build_discussion_opened
from handlers.slack.routes import Routes


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the buttons; what they change shows in the living message as well, through the outbox."""

    @routes.action(ids.ALERT_TAKE)
    async def take(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody clicks "I take this"; who comes later hears who has it."""
        caller = caller_of(context)
        taken, taker = await door.database.write(
            partial(
                _take,
                actor=caller.actor,
                alert_id=clicked_id(body),
                seen_in=str((body.get("channel") or {}).get("id", "")),
                now=door.clock.now(),
                calendar=door.calendar(caller.actor.settings),
            )
        )
        await ack()
        is_caller = taken.person_id == caller.actor.person.id
        await door.answer(body, build_taken(caller.language, None if is_caller else taker))

    @routes.action(ids.ALERT_DISCUSS)
    async def discuss(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """A reviewer clicks "Talk about it"; the answer names the case code alone."""
        caller = caller_of(context)
        opened, is_new = await door.database.write(
            partial(
                discuss_alert,
                actor=caller.actor,
                alert_id=clicked_id(body),
                now=door.clock.now(),
                calendar=door.calendar(caller.actor.settings),
            )
        )
        await ack()
        await door.answer(body, build_discussion_opened(caller.language, opened.code, is_new=is_new))

    @routes.action(ids.ALERT_DONE)
    async def done(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Whoever was asked clicks "It's dealt with"."""
        caller = caller_of(context)
        await door.database.write(
            partial(
                finish_alert,
                actor=caller.actor,
                alert_id=clicked_id(body),
                now=door.clock.now(),
            )
        )
        await ack()
        await door.answer(body, build_finished(caller.language))


def _take(
    uow: UnitOfWork, *, actor: Actor, alert_id: int, seen_in: str, now: datetime, calendar: WorkingCalendar
) -> tuple[Taken, str]:
    """Who has the alert, and Slack's id of that person."""
    refuse_unless_shown(uow, actor, alert_id, seen_in)
    taken = take_alert(uow, actor, alert_id, now, calendar)
    return taken, uow.people.external_ids([taken.person_id], PLATFORM)[taken.person_id]
