"""The hours in which a person may be asked for something."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from bot.domain.model import Person
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar, post_at


def in_their_hours(now: datetime, person: Person, settings: WorkspaceSettings, calendar: WorkingCalendar) -> datetime:
    """`now`, or the next moment that is in the working hours of `person`.

    The workspace's days and hours count, on the clock where the person is. Raises `ValueError` when the calendar has
    no working day within a year.
    """
    return post_at(now, replace(settings, zone=person.zone or settings.zone), calendar, urgent=False)
