"""Debriefs that wait for somebody's answers."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.debrief_rules import answered
from bot.domain.timetable import local_today
from bot.usecases.actor import Actor
from bot.usecases.ports import UnitOfWork
from bot.usecases.waiting import Waiting, WaitingKind

SOON = timedelta(days=7)
"""How far ahead of a debrief its questions wait for somebody."""


def debrief_waits(uow: UnitOfWork, actor: Actor, now: datetime) -> list[Waiting]:
    """The debriefs that come soon, or are not closed, in which somebody has answered nothing and can take part."""
    found = []
    for debrief in uow.debriefs.planned_with(actor.workspace_id, actor.person.id):
        client = uow.clients.find(actor.workspace_id, debrief.client_id)
        away = {one.person_id for one in uow.debriefs.invited(debrief.id) if one.away_at is not None}
        done = away | answered(uow.debriefs.answers(debrief.id))
        if client is None or actor.person.id in done or debrief.starts_at - now > SOON:
            continue
        by = local_today(debrief.starts_at, debrief.zone) if debrief.starts_at > now else None
        found.append(Waiting(WaitingKind.DEBRIEF, debrief.id, client.name, by))
    return found
