"""When things happen: working days, quiet hours, debrief slots and their reminders.

Due moments are kept as local wall time and zone; the UTC instant follows from them and is computed again when a zone
changes its rules. Zones are IANA names; an unknown one raises `zoneinfo.ZoneInfoNotFoundError`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from bot.domain.policy import WorkspaceSettings

DAY_BEFORE = "day_before"
"""The reminder of a debrief on the working day before it."""

QUARTER_HOUR = "quarter_hour"
"""The reminder of a debrief just before it begins."""

DAY_BEFORE_AT = time(10, 0)
"""Local time of the reminder on the working day before."""

_MORNING = time(9, 0)
_MINUTE = timedelta(minutes=1)
_QUARTER = timedelta(minutes=15)
_SEARCH_DAYS = 366


@lru_cache(maxsize=256)
def is_zone(name: str) -> bool:
    """Whether `name` is a zone that our table has; platforms hand out others too."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


class WorkingCalendar(Protocol):
    """The working days of a workspace, public holidays of its country left out."""

    def is_working_day(self, day: date) -> bool:
        """Whether the workspace works on `day`."""
        ...


class Reminder(Struct, frozen=True):
    """One reminder of a debrief: `moment` is `DAY_BEFORE` or `QUARTER_HOUR`, `local_at` is naive wall time."""

    moment: str
    local_at: datetime
    due_at: datetime


def local_instant(local_at: datetime, zone: str) -> datetime:
    """The UTC instant of a naive wall time.

    A time that the clocks skip becomes the first minute after the gap, one that they show twice the earlier of both.
    """
    place = ZoneInfo(zone)
    instant = local_at.replace(tzinfo=place, fold=0).astimezone(UTC)
    if instant.astimezone(place).replace(tzinfo=None) == local_at:
        return instant
    return _end_of_gap(local_at.replace(tzinfo=place, fold=1).astimezone(UTC), instant, place)


def _end_of_gap(before: datetime, after: datetime, place: ZoneInfo) -> datetime:
    """The first whole minute at which the clocks, changed between the two instants, show the new time."""
    new_offset = after.astimezone(place).utcoffset()
    before = before.replace(second=0, microsecond=0)
    while after - before > _MINUTE:
        middle = before + (after - before) // _MINUTE // 2 * _MINUTE
        if middle.astimezone(place).utcoffset() == new_offset:
            after = middle
        else:
            before = middle
    return after.replace(second=0, microsecond=0)


def local_today(now: datetime, zone: str) -> date:
    """The calendar day it is at `now` in a zone."""
    return now.astimezone(ZoneInfo(zone)).date()


def within_days(days: int, one: date, other: date) -> bool:
    """Whether two dates are at most `days` apart, whichever comes first."""
    return abs((one - other).days) <= days


def add_working_days(day: date, count: int, calendar: WorkingCalendar) -> date:
    """The `count`-th working day after `day`; for 0 `day` itself, or the next working day when it is none.

    Raises `ValueError` when the calendar has no working day within a year.
    """
    if count == 0:
        return day if calendar.is_working_day(day) else _next_working_day(day, 1, calendar)
    for _ in range(count):
        day = _next_working_day(day, 1, calendar)
    return day


def working_day_before(day: date, calendar: WorkingCalendar) -> date:
    """The last working day before `day`; raises `ValueError` when there is none within a year."""
    return _next_working_day(day, -1, calendar)


def _next_working_day(day: date, step: int, calendar: WorkingCalendar) -> date:
    for distance in range(1, _SEARCH_DAYS + 1):
        candidate = day + timedelta(days=step * distance)
        if calendar.is_working_day(candidate):
            return candidate
    raise ValueError(f"no working day within a year of {day}")


def is_quiet(now: datetime, settings: WorkspaceSettings, calendar: WorkingCalendar) -> bool:
    """Whether alerts wait at `now`: all day on days off, else in the quiet hours, which may pass midnight.

    Quiet hours that end when they begin are none.
    """
    local = now.astimezone(ZoneInfo(settings.zone))
    return not calendar.is_working_day(local.date()) or is_quiet_hour(local.time(), settings)


def is_quiet_hour(clock: time, settings: WorkspaceSettings) -> bool:
    """Whether a time of day lies in the quiet hours, which may pass midnight."""
    begins, ends = settings.quiet_from, settings.quiet_until
    if begins > ends:
        return clock >= begins or clock < ends
    return begins <= clock < ends


def next_working_morning(now: datetime, settings: WorkspaceSettings, calendar: WorkingCalendar) -> datetime:
    """The first moment at or after `now` at which a working day is under way and quiet hours are over, in UTC.

    That is when the quiet hours of a working day end, or 09:00 on one that does not begin with quiet hours. Raises
    `ValueError` when the calendar has no working day within a year.
    """
    day = add_working_days(local_today(now, settings.zone), 0, calendar)
    has_quiet_hours = settings.quiet_from != settings.quiet_until
    mornings = sorted({_MORNING, settings.quiet_until}) if has_quiet_hours else [_MORNING]
    while True:
        for morning in mornings:
            instant = local_instant(datetime.combine(day, morning), settings.zone)
            if instant >= now and not is_quiet(instant, settings, calendar):
                return instant
        day = add_working_days(day, 1, calendar)


def post_at(now: datetime, settings: WorkspaceSettings, calendar: WorkingCalendar, *, urgent: bool) -> datetime:
    """When an alert goes out: `now`, or the next working morning in quiet hours; what is urgent does not wait."""
    if urgent or not is_quiet(now, settings, calendar):
        return now
    return next_working_morning(now, settings, calendar)


def debrief_slot(left_on: date, settings: WorkspaceSettings, calendar: WorkingCalendar) -> datetime:
    """When to look back on a client that left on `left_on`: naive wall time in the workspace's zone, a working day."""
    day = add_working_days(left_on, settings.policy.debrief_working_days, calendar)
    return datetime.combine(day, settings.policy.debrief_at)


def debrief_reminders(local_at: datetime, zone: str, now: datetime, calendar: WorkingCalendar) -> list[Reminder]:
    """The reminders of a debrief at naive wall time `local_at`, as far as they are still to come at `now`."""
    day_before = datetime.combine(working_day_before(local_at.date(), calendar), DAY_BEFORE_AT)
    quarter_hour = local_instant(local_at, zone) - _QUARTER
    reminders = (
        Reminder(DAY_BEFORE, day_before, local_instant(day_before, zone)),
        Reminder(QUARTER_HOUR, quarter_hour.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0), quarter_hour),
    )
    return [reminder for reminder in reminders if reminder.due_at > now]
