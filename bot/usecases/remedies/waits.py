"""What trials ask of somebody: what came of them."""

from __future__ import annotations

from datetime import datetime

from bot.domain.remedies import RemedyState
from bot.usecases.actor import Actor
from bot.usecases.ports import UnitOfWork
from bot.usecases.waiting import Waiting, WaitingKind


def trial_waits(uow: UnitOfWork, actor: Actor, now: datetime) -> list[Waiting]:
    """The trials of `actor` that have ended and wait for their word."""
    waiting = []
    for remedy in uow.remedies.owned_by(actor.person.id):
        client = uow.clients.find(actor.workspace_id, remedy.client_id)
        if client is not None and remedy.state is RemedyState.TO_CONFIRM:
            waiting.append(Waiting(WaitingKind.TRIAL_OUTCOME, remedy.id, client.name, remedy.ends_on))
    return waiting
