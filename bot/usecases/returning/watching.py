"""Somebody wrote about a client: is it one that has left?

It is looked at right after, and apart from what they wait for: so whoever may not know of the former client gets the
same answer at the same moment as where there is none.
"""

from __future__ import annotations

from datetime import datetime

from bot.domain.notices import FormerClientSeen
from bot.domain.timetable import WorkingCalendar
from bot.usecases.actor import Actor
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.outbox import DueItem
from bot.usecases.returning.former import visible_former

DUE = "return_watch"
"""A client is held against former ones for somebody; the subject is `<client id>:<person id>`."""


def watch_for_return(uow: UnitOfWork, actor: Actor, client_id: int, now: datetime) -> None:
    """Have a client held against those that have left, for `actor`, who has just written about it."""
    uow.due.put(actor.workspace_id, DUE, f"{client_id}:{actor.person.id}", now)


def look_for_former(
    uow: UnitOfWork, item: DueItem, workspace: Workspace, now: datetime, calendar: WorkingCalendar
) -> None:
    """Tell somebody of each former client that they may see and were not told of about this client."""
    client_id, person_id = (int(part) for part in item.subject.split(":"))
    client, person = uow.clients.find(item.workspace_id, client_id), uow.people.person(person_id)
    if client is None or person is None:
        return
    for former in visible_former(uow, person, client):
        sign = uow.returning.note_sign(item.workspace_id, client.id, former.id, person.id, now)
        if sign is not None:
            uow.outbox.put(item.workspace_id, FormerClientSeen(sign.id, person.id), now)
