"""Reminders of a debrief: private, the working day before and a quarter of an hour before."""

from __future__ import annotations

from datetime import datetime

from bot.domain.model import Debrief, DebriefState
from bot.domain.notices import DebriefReminder
from bot.domain.timetable import DAY_BEFORE, QUARTER_HOUR, WorkingCalendar, debrief_reminders
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.outbox import DueItem

MOMENTS = {f"debrief_{moment}": moment for moment in (DAY_BEFORE, QUARTER_HOUR)}
"""Due rows that remind of a debrief, and the moment each stands for; their subject is the debrief's id."""


def remind_later(uow: UnitOfWork, debrief: Debrief, now: datetime, calendar: WorkingCalendar) -> None:
    """Set the reminders of a debrief anew.

    Those whose moment has passed already are left out: they would only repeat the announcement.
    """
    remind_no_more(uow, debrief)
    for reminder in debrief_reminders(debrief.local_at, debrief.zone, now, calendar):
        uow.due.put(
            debrief.workspace_id,
            f"debrief_{reminder.moment}",
            str(debrief.id),
            reminder.due_at,
            local_at=reminder.local_at,
            zone=debrief.zone,
        )


def remind_no_more(uow: UnitOfWork, debrief: Debrief) -> None:
    """Drop what was still to be said of a debrief."""
    for kind in MOMENTS:
        uow.due.drop(debrief.workspace_id, kind, str(debrief.id))


def remind(uow: UnitOfWork, item: DueItem, workspace: Workspace, now: datetime, calendar: WorkingCalendar) -> None:
    """A reminder's moment: everybody invited who is still here hears it privately.

    One that comes late is left out once the next one is due as well, and when the debrief has begun.
    """
    debrief = uow.debriefs.find(item.workspace_id, int(item.subject))
    if debrief is None or debrief.state is not DebriefState.PLANNED or debrief.starts_at <= now:
        return
    moment = MOMENTS[item.kind]
    to_come = [reminder.moment for reminder in debrief_reminders(debrief.local_at, debrief.zone, now, calendar)]
    if moment == DAY_BEFORE and QUARTER_HOUR not in to_come:
        return
    for person_id in sorted(uow.people.present(uow.debriefs.people(debrief.id))):
        uow.outbox.put(item.workspace_id, DebriefReminder(debrief.id, person_id, moment), now)
