"""When somebody is reminded of an item: in the morning of its day, and on the working days after that."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.checklist import Item
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar, add_working_days, local_instant
from bot.usecases.ports import UnitOfWork

DUE = "checklist_due"
"""Somebody is reminded of an item, whose id is the subject."""


def remind_on(uow: UnitOfWork, settings: WorkspaceSettings, item: Item, day: date, calendar: WorkingCalendar) -> None:
    """Remind in the morning of `day`, or of the first working day after it."""
    local = datetime.combine(add_working_days(day, 0, calendar), settings.quiet_until)
    uow.due.put(
        item.workspace_id,
        DUE,
        str(item.id),
        local_instant(local, settings.zone),
        local_at=local,
        zone=settings.zone,
    )


def remind_no_more(uow: UnitOfWork, item: Item) -> None:
    """Drop the reminder of an item."""
    uow.due.drop(item.workspace_id, DUE, str(item.id))
