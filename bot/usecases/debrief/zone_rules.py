"""A time zone as a calendar program wants it: the rules of its clocks, not lists of dates.

Outlook passes over rules that are written as lists of dates, and shows summer events an hour off.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import Struct

if TYPE_CHECKING:
    from icalendar import Component, Timezone

SINCE = 1970
"""The year in which rules are said to begin; those of today are written, and events lie ahead."""

COMMON_YEAR = 2023
"""A year of 365 days; no zone changes its clocks around the end of February."""

_NAME = r"(?:<[^>]+>|[A-Za-z]+)"
_TIME = r"[+-]?\d+(?::\d+){0,2}"
_RULE = rf"M\d+\.\d+\.\d+(?:/{_TIME})?"
_FOOTER = re.compile(
    rf"(?P<std>{_NAME})(?P<std_offset>{_TIME})"
    rf"(?:(?P<dst>{_NAME})(?P<dst_offset>{_TIME})?,(?P<start>{_RULE}),(?P<end>{_RULE}))?"
)
_WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")


class Change(Struct, frozen=True):
    """The clocks change each year: in a month, on the `week`-th `weekday` (0 is Sunday, week 5 the last), at a time.

    `at` is local time before the change, counted from the midnight that begins that day; it may lie on another day.
    """

    month: int
    week: int
    weekday: int
    at: timedelta


class ZoneRules(Struct, frozen=True):
    """What clocks of a zone show from now on: `standard` and, between `begins` and `ends`, `summer`; each a name and an
    offset from UTC.
    """

    standard: tuple[str, timedelta]
    summer: tuple[str, timedelta] | None = None
    begins: Change | None = None
    ends: Change | None = None


@cache
def rules_of(zone: str) -> ZoneRules | None:
    """The rules of an IANA zone, from the last line of its file (RFC 9636, section 3.3); `None` where it has none."""
    try:
        data = resources.files("tzdata").joinpath("zoneinfo", *zone.split("/")).read_bytes()
    except OSError:
        return None
    found = _FOOTER.fullmatch(data.rstrip(b"\n").rpartition(b"\n")[2].decode("ascii", "replace"))
    if found is None:
        return None
    # The offsets of a POSIX rule are what is added to local time to get UTC.
    standard = (found["std"].strip("<>"), -_duration(found["std_offset"]))
    if found["dst"] is None:
        return ZoneRules(standard)
    offset = -_duration(found["dst_offset"]) if found["dst_offset"] else standard[1] + timedelta(hours=1)
    return ZoneRules(standard, (found["dst"].strip("<>"), offset), _change(found["start"]), _change(found["end"]))


def timezone_component(zone: str, moments: tuple[datetime, ...]) -> Timezone:
    """The VTIMEZONE of an IANA zone, which is right at the aware `moments` of an event.

    Where the zone's rules do not say what its clocks show then, such as in a month of fasting, the component says
    that alone.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    local = [moment.astimezone(ZoneInfo(zone)) for moment in moments]
    rules = rules_of(zone)
    if rules is None or any(_offset_by(rules, moment) != moment.utcoffset() for moment in local):
        offset = local[0].utcoffset() or timedelta()
        rules = ZoneRules((local[0].tzname() or zone, offset))
    component = Timezone()
    component.add("tzid", zone)
    if rules.summer is None or rules.begins is None or rules.ends is None:
        component.add_component(_observance(TimezoneStandard(), rules.standard, rules.standard, None))
        return component
    component.add_component(_observance(TimezoneDaylight(), rules.standard, rules.summer, rules.begins))
    component.add_component(_observance(TimezoneStandard(), rules.summer, rules.standard, rules.ends))
    return component


def _offset_by(rules: ZoneRules, local: datetime) -> timedelta:
    if rules.summer is None or rules.begins is None or rules.ends is None:
        return rules.standard[1]
    utc = local.replace(tzinfo=None) - (local.utcoffset() or timedelta())
    begins = _moment(rules.begins, utc.year) - rules.standard[1]
    ends = _moment(rules.ends, utc.year) - rules.summer[1]
    is_summer = begins <= utc < ends if begins < ends else not ends <= utc < begins
    return rules.summer[1] if is_summer else rules.standard[1]


def _observance(
    component: Component, before: tuple[str, timedelta], after: tuple[str, timedelta], at: Change | None
) -> Component:
    component.add("tzname", after[0])
    component.add("tzoffsetfrom", before[1])
    component.add("tzoffsetto", after[1])
    component.add("dtstart", datetime(SINCE, 1, 1) if at is None else _moment(at, SINCE))  # noqa: DTZ001 (local time)
    if at is not None:
        component.add("rrule", _yearly(at))
    return component


def _moment(change: Change, year: int) -> datetime:
    """When the clocks change in a year, by the local time before."""
    first = datetime(year, change.month, 1)  # noqa: DTZ001 (local time)
    day = 1 + (change.weekday - first.isoweekday()) % 7 + 7 * (change.week - 1)
    while day > monthrange(year, change.month)[1]:
        day -= 7
    return first + timedelta(days=day - 1) + change.at


def _yearly(change: Change) -> dict[str, object]:
    """The RRULE of a change. One that lies on another day than its weekday is said by the days that it can fall on."""
    shift = change.at // timedelta(days=1)
    weekday = _WEEKDAYS[(change.weekday + shift) % 7]
    if not shift:
        nth = -1 if change.week == 5 else change.week
        return {"freq": "yearly", "bymonth": change.month, "byday": f"{nth}{weekday}"}
    # The seven days on which it can fall.
    length = monthrange(COMMON_YEAR, change.month)[1]
    first = date(COMMON_YEAR, change.month, length - 6 if change.week == 5 else 7 * (change.week - 1) + 1)
    days = [first + timedelta(days=day + shift) for day in range(7)]
    if {day.month for day in days} == {change.month}:
        return {"freq": "yearly", "bymonth": change.month, "bymonthday": [day.day for day in days], "byday": weekday}
    # Counted from the end of the year, where no 29 February lies in between.
    return {"freq": "yearly", "byyearday": [day.timetuple().tm_yday - 366 for day in days], "byday": weekday}


def _change(rule: str) -> Change:
    day, _, at = rule.removeprefix("M").partition("/")
    month, week, weekday = map(int, day.split("."))
    return Change(month, week, weekday, _duration(at) if at else timedelta(hours=2))


def _duration(text: str) -> timedelta:
    hours, minutes, seconds = (*map(int, text.lstrip("+-").split(":")), 0, 0)[:3]
    duration = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -duration if text.startswith("-") else duration
