"""Decisions that wait to be looked back on."""

from __future__ import annotations

from datetime import datetime

from bot.domain.timetable import local_today
from bot.usecases.actor import Actor
from bot.usecases.look_backs.planning import STEPS, whom_to_ask
from bot.usecases.ports import UnitOfWork
from bot.usecases.waiting import Waiting, WaitingKind


def look_back_waits(uow: UnitOfWork, actor: Actor, now: datetime) -> list[Waiting]:
    """The looks back whose day has come, for whoever is asked first."""
    found = []
    for one in uow.look_backs.waiting(actor.workspace_id, local_today(now, actor.settings.zone)):
        client = uow.clients.find(actor.workspace_id, one.client_id)
        if client is not None and actor.person.id in whom_to_ask(uow, client, STEPS[0]):
            found.append(Waiting(WaitingKind.LOOK_BACK, one.id, client.name))
    return found
