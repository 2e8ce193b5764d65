"""What flags ask of somebody: to check in with a colleague."""

from __future__ import annotations

from datetime import datetime

from bot.usecases.actor import Actor
from bot.usecases.flags.care import CARE
from bot.usecases.ports import UnitOfWork
from bot.usecases.waiting import Waiting, WaitingKind


def care_waits(uow: UnitOfWork, actor: Actor, now: datetime) -> list[Waiting]:
    """The check-ins that `actor` was asked for and has not done."""
    waiting = []
    for task in uow.flags.open_tasks_of(actor.person.id):
        client = uow.clients.find(actor.workspace_id, task.client_id)
        if client is not None and task.kind == CARE:
            waiting.append(Waiting(WaitingKind.CHECK_IN, task.id, client.name, task.due_on))
    return waiting
