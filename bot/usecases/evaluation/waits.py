"""What evaluations ask of somebody: their view."""

from __future__ import annotations

from datetime import datetime

from bot.usecases.actor import Actor
from bot.usecases.evaluation.taking_part import is_waited_for
from bot.usecases.ports import UnitOfWork
from bot.usecases.waiting import Waiting, WaitingKind


def view_waits(uow: UnitOfWork, actor: Actor, now: datetime) -> list[Waiting]:
    """The open discussions in which the view of `actor` is asked for and not given."""
    waiting = []
    for discussion in uow.discussions.open_with(actor.person.id):
        newest = uow.evaluations.newest_round(discussion.id)
        client = uow.clients.find(actor.workspace_id, discussion.client_id)
        if newest is None or client is None:
            continue
        if is_waited_for(uow, discussion, newest.number, actor.person.id):
            waiting.append(Waiting(WaitingKind.VIEW, discussion.id, client.name, newest.views_by))
    return waiting
