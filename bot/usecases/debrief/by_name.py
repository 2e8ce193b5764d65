"""Debriefs by what somebody typed: a client's name, perhaps a day, perhaps a time."""

from __future__ import annotations

from datetime import datetime

from bot.domain.debrief_text import DebriefText
from bot.domain.model import Client, Debrief
from bot.domain.timetable import WorkingCalendar, local_today
from bot.usecases.actor import Actor
from bot.usecases.clients.client_index import ClientIndex
from bot.usecases.clients.lookup import find_client
from bot.usecases.debrief.leaving import ClientLeft, mark_left
from bot.usecases.debrief.planning import plan_or_move_debrief
from bot.usecases.ports import UnitOfWork


def plan_debrief_by_name(
    uow: UnitOfWork, index: ClientIndex, actor: Actor, said: DebriefText, now: datetime, calendar: WorkingCalendar
) -> tuple[Client, Debrief]:
    """Plan or move the debrief of the client that was named; raises as `find_client` and `plan_or_move_debrief`."""
    client = find_client(uow, index, actor, said.name)
    return client, plan_or_move_debrief(uow, actor, client.id, _wall_time(said, actor, now), now, calendar)


def mark_left_by_name(
    uow: UnitOfWork, index: ClientIndex, actor: Actor, name: str, now: datetime, calendar: WorkingCalendar
) -> ClientLeft:
    """Mark the client that was named as having left; raises as `find_client` and `mark_left`."""
    client = find_client(uow, index, actor, name)
    return mark_left(uow, actor, client.id, now, calendar)


def _wall_time(said: DebriefText, actor: Actor, now: datetime) -> datetime | None:
    """The wall time that was typed; a time alone means today, a day alone the workspace's usual hour."""
    if said.on is None and said.at is None:
        return None
    on = said.on or local_today(now, actor.settings.zone)
    return datetime.combine(on, said.at or actor.settings.policy.debrief_at)
