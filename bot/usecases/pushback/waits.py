"""What a client's words after a letter ask of somebody: to see to a request, a complaint, a claim, or a colleague."""

from __future__ import annotations

from datetime import datetime

from bot.usecases.actor import Actor
from bot.usecases.ports import UnitOfWork
from bot.usecases.pushback.noting import whom_to_tell
from bot.usecases.waiting import Waiting, WaitingKind


def pushback_waits(uow: UnitOfWork, actor: Actor, now: datetime) -> list[Waiting]:
    """What is not settled and `actor` has to see to."""
    waiting = []
    for pushback in uow.pushbacks.unsettled(actor.workspace_id):
        client = uow.clients.find(actor.workspace_id, pushback.client_id)
        if client is not None and actor.person.id in whom_to_tell(uow, client, pushback.kind):
            waiting.append(Waiting(WaitingKind.PUSHBACK, pushback.id, client.name, pushback.answer_by))
    return waiting
