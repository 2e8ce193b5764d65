"""`/debrief`, `/flagclient left`, and the buttons on a debrief's announcement."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.domain.debrief_text import DebriefText, parse_debrief_text
from bot.domain.errors import DateUnreadableError, FlagclientError
from bot.domain.model import Client, Debrief
from bot.domain.timetable import WorkingCalendar, local_today
from bot.usecases.actor import Actor
from bot.usecases.client_index import ClientIndex
from bot.usecases.clients import find_client
from bot.usecases.debrief import (
    ClientLeft,
    UpcomingDebrief,
    cancel_debrief,
    mark_left,
    move_debrief,
    plan_or_move_debrief,
    planned_debrief,
    snooze_debrief,
    take_back_left,
    upcoming_debriefs,
)
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from handlers.slack.action_values import clicked_id, clicked_value, form_id, id_in, ids_in
from handlers.slack.listener_context import Caller, ListenerContext, caller_of
from handlers.slack.message_text import plain_text
from handlers.slack.render.debrief import (
    build_left,
    build_move_form,
    build_planned,
    build_taken_back,
    build_upcoming,
)
from handlers.slack.render.message import drawn
from handlers.slack.routes import Routes


def _wall_time(said: DebriefText, actor: Actor, now: datetime) -> datetime | None:
    """The wall time that was typed; a time alone means today, a day alone the workspace's usual hour."""
    if said.on is None and said.at is None:
        return None
    on = said.on or local_today(now, actor.settings.zone)
    return datetime.combine(on, said.at or actor.settings.policy.debrief_at)


def _plan_by_name(
    uow: UnitOfWork,
    *,
    index: ClientIndex,
    actor: Actor,
    said: DebriefText,
    now: datetime,
    calendar: WorkingCalendar,
) -> tuple[Client, Debrief]:
    client = find_client(uow, index, actor, said.name)
    local_at = _wall_time(said, actor, now)
    return client, plan_or_move_debrief(uow, actor, client.id, local_at, now, calendar)


def _leave_by_name(
    uow: UnitOfWork, *, index: ClientIndex, actor: Actor, name: str, now: datetime, calendar: WorkingCalendar
) -> ClientLeft:
    client = find_client(uow, index, actor, name)
    return mark_left(uow, actor, client.id, now, calendar)


async def left(ack: AsyncAck, caller: Caller, door: ListenerContext, name: str, body: dict[str, Any]) -> None:
    """Somebody types `/flagclient left` and a client's name."""
    actor = caller.actor
    is_safe = await door.audience.is_safe_here(actor.workspace_id, body["channel_id"])
    outcome = await door.database.write(
        partial(
            _leave_by_name,
            index=door.index,
            actor=actor,
            name=name,
            now=door.clock.now(),
            calendar=door.calendar(actor.settings),
        )
    )
    message = build_left(caller.language, outcome, outcome.client.name if is_safe else None)
    await ack(**message.answer(), response_type="ephemeral")


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the command and the buttons."""
    _register_command(routes, door)
    _register_buttons(routes, door)
    _register_form(routes, door)


def _register_command(routes: Routes, door: ListenerContext) -> None:
    @routes.command(ids.COMMAND_DEBRIEF)
    async def debrief(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody types `/debrief`, perhaps with a client, a day and a time."""
        caller = caller_of(context)
        actor, now = caller.actor, door.clock.now()
        is_safe = await door.audience.is_safe_here(actor.workspace_id, body["channel_id"])
        said = parse_debrief_text(plain_text(body.get("text", "")))
        if not said.name:
            upcoming: list[UpcomingDebrief] = await door.database.read(partial(upcoming_debriefs, actor=actor))
            await ack(
                text=drawn(build_upcoming(caller.language, upcoming if is_safe else None)), response_type="ephemeral"
            )
            return
        client, planned = await door.database.write(
            partial(
                _plan_by_name,
                index=door.index,
                actor=actor,
                said=said,
                now=now,
                calendar=door.calendar(actor.settings),
            )
        )
        sentence = build_planned(caller.language, planned, client.name if is_safe else None)
        await ack(text=drawn(sentence), response_type="ephemeral")


def _register_buttons(routes: Routes, door: ListenerContext) -> None:
    @routes.action(ids.DEBRIEF_MOVE)
    async def move(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody clicks "Move"."""
        caller = caller_of(context)
        debrief_id = clicked_id(body)
        planned = await door.database.read(partial(planned_debrief, actor=caller.actor, debrief_id=debrief_id))
        form = build_move_form(caller.language, debrief_id, planned.local_at)
        await door.client.views_open(trigger_id=body["trigger_id"], view=form)
        await ack()

    @routes.action(ids.DEBRIEF_SNOOZE)
    async def snooze(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody clicks "A week later"."""
        actor = caller_of(context).actor
        debrief_id, sequence = ids_in(clicked_value(body), 2)
        await door.database.write(
            partial(
                snooze_debrief,
                actor=actor,
                debrief_id=debrief_id,
                expected_sequence=sequence,
                now=door.clock.now(),
                calendar=door.calendar(actor.settings),
            )
        )
        await ack()

    @routes.action(ids.DEBRIEF_CANCEL)
    async def cancel(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody clicks "Cancel" and confirms."""
        await door.database.write(
            partial(
                cancel_debrief,
                actor=caller_of(context).actor,
                debrief_id=clicked_id(body),
                now=door.clock.now(),
            )
        )
        await ack()

    @routes.action(ids.LEFT_UNDO)
    async def undo_left(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody clicks "That was a mistake" after marking a client as having left."""
        caller = caller_of(context)
        client_id, _, discussion_id = clicked_value(body).partition(":")
        await door.database.write(
            partial(
                take_back_left,
                actor=caller.actor,
                client_id=id_in(client_id),
                now=door.clock.now(),
                calendar=door.calendar(caller.actor.settings),
                discussion_id=id_in(discussion_id) if discussion_id else None,
            )
        )
        await ack()
        await door.answer(body, build_taken_back(caller.language))


def _register_form(routes: Routes, door: ListenerContext) -> None:
    @routes.view(ids.DEBRIEF_MOVE_FORM)
    async def moved(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody sends the form with another day and time."""
        actor = caller_of(context).actor
        try:
            await door.database.write(
                partial(
                    move_debrief,
                    actor=actor,
                    debrief_id=form_id(body),
                    local_at=parse_moved(body["view"]["state"]["values"]),
                    now=door.clock.now(),
                    calendar=door.calendar(actor.settings),
                )
            )
        except FlagclientError as error:
            error.field = error.field or ids.DEBRIEF_MOVE_DATE
            raise
        await ack()


def parse_moved(values: dict[str, Any]) -> datetime:
    """The wall time in the form; raises `DateUnreadableError` at its field."""
    day = values[ids.DEBRIEF_MOVE_DATE][ids.DEBRIEF_MOVE_DATE].get("selected_date")
    at = values[ids.DEBRIEF_MOVE_TIME][ids.DEBRIEF_MOVE_TIME].get("selected_time")
    try:
        return datetime.combine(date.fromisoformat(day or ""), time.fromisoformat(at or ""))
    except ValueError:
        raise DateUnreadableError(
            text=f"{day or ''} {at or ''}".strip(), example="2026-12-01 14:00", field=ids.DEBRIEF_MOVE_DATE
        ) from None
