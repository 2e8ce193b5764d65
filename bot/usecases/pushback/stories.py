"""What happens by itself after a client said something: a reminder a week before its day."""

from __future__ import annotations

from datetime import datetime

from bot.domain.notices import PushbackNoted
from bot.domain.timetable import WorkingCalendar
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.outbox import DueItem
from bot.usecases.pushback.noting import CLOCK, whom_to_tell
from bot.usecases.pushback.waits import pushback_waits
from bot.usecases.stories import Stories


def day_comes(uow: UnitOfWork, due: DueItem, workspace: Workspace, now: datetime, calendar: WorkingCalendar) -> None:
    """The day by which a request has to be answered is a week away."""
    pushback = uow.pushbacks.find(workspace.id, int(due.subject))
    client = uow.clients.find(workspace.id, pushback.client_id) if pushback else None
    if pushback is None or client is None or pushback.settled_at is not None:
        return
    for person_id in whom_to_tell(uow, client, pushback.kind):
        uow.outbox.put(workspace.id, PushbackNoted(pushback.id, person_id, 2), now)


STORIES = Stories("pushback", due={CLOCK: day_comes}, waits=pushback_waits)
