"""When somebody is reminded of an item: in the morning of its day, and on the working days after that."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.checklist import Item
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar, add_working_days, local_instant, local_today
from bot.usecases.ports import UnitOfWork

DUE = "checklist_due"
"""Somebody is reminded of an item, whose id is the subject."""


def remind_on(
    uow: UnitOfWork, settings: WorkspaceSettings, item: Item, day: date, now: datetime, calendar: WorkingCalendar
) -> None:
    """Remind of an item in the morning of `day`, as `morning_of` has it."""
    local = morning_of(day, settings, now, calendar)
    uow.due.put(
        item.workspace_id,
        DUE,
        str(item.id),
        local_instant(local, settings.zone),
        local_at=local,
        zone=settings.zone,
    )


def morning_of(day: date, settings: WorkspaceSettings, now: datetime, calendar: WorkingCalendar) -> datetime:
    """The morning of `day`, or of the first working day after it, on the workspace's own clock.

    Where that morning is over it is the next working day's: whoever just moved something is not reminded of it at once,
    and nobody twice on one day.
    """
    local = datetime.combine(add_working_days(day, 0, calendar), settings.quiet_until)
    if local_instant(local, settings.zone) > now:
        return local
    next_day = add_working_days(local_today(now, settings.zone), 1, calendar)
    return datetime.combine(next_day, settings.quiet_until)


def remind_no_more(uow: UnitOfWork, item: Item) -> None:
    """Drop the reminder of an item."""
    uow.due.drop(item.workspace_id, DUE, str(item.id))
