"""What letters ask of somebody: a second person's word."""

from __future__ import annotations

from datetime import datetime

from bot.domain.visibility import may_decide
from bot.usecases.actor import Actor
from bot.usecases.farewell.telling import is_asked, read_status
from bot.usecases.ports import UnitOfWork
from bot.usecases.waiting import Waiting, WaitingKind


def letter_waits(uow: UnitOfWork, actor: Actor, now: datetime) -> list[Waiting]:
    """The letters that `actor` is asked to approve, or to let go without waiting."""
    if not may_decide(actor.person):
        return []
    waiting = []
    for record in uow.letters.of_workspace(actor.workspace_id):
        status = read_status(uow, actor.workspace_id, record.id)
        if status is not None and is_asked(status, actor.person.id):
            waiting.append(Waiting(WaitingKind.LETTER, record.id, status.client_name))
    return waiting
