"""What decisions ask of somebody: a second reviewer's word."""

from __future__ import annotations

from datetime import datetime

from bot.domain.visibility import may_decide
from bot.usecases.actor import Actor
from bot.usecases.decision.people import confirmers
from bot.usecases.ports import UnitOfWork
from bot.usecases.waiting import Waiting, WaitingKind


def confirmation_waits(uow: UnitOfWork, actor: Actor, now: datetime) -> list[Waiting]:
    """The proposals to part that `actor` can confirm."""
    if not may_decide(actor.person):
        return []
    waiting = []
    for decision in uow.decisions.proposed(actor.workspace_id):
        client = uow.clients.find(actor.workspace_id, decision.client_id)
        if client is not None and actor.person.id in confirmers(uow, decision):
            waiting.append(Waiting(WaitingKind.CONFIRMATION, decision.id, client.name))
    return waiting
