"""Moments: clocks that change, quiet hours, working days, debrief slots and reminders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.policy import Policy, WorkspaceSettings
from bot.domain.timetable import (
    DAY_BEFORE,
    QUARTER_HOUR,
    Reminder,
    add_working_days,
    debrief_reminders,
    debrief_slot,
    is_quiet,
    local_instant,
    local_today,
    next_working_morning,
    post_at,
    within_days,
    working_day_before,
)

ZONES = sorted(available_timezones())
SETTINGS = WorkspaceSettings()
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Weekdays:
    """Monday to Friday, less some days off."""

    off: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        return day.isoweekday() <= 5 and day not in self.off


WEEKDAYS = Weekdays()
EASTER = Weekdays(frozenset({date(2026, 4, 3), date(2026, 4, 6)}))


def wall(text: str) -> datetime:
    """A naive wall time."""
    return datetime.fromisoformat(text)


def amsterdam(text: str) -> datetime:
    """The UTC instant of a wall time in Amsterdam."""
    return wall(text).replace(tzinfo=ZoneInfo("Europe/Amsterdam")).astimezone(UTC)


@pytest.mark.parametrize(
    ("local", "zone", "instant"),
    [
        (wall("2026-01-15 10:00"), "Europe/Amsterdam", datetime(2026, 1, 15, 9, tzinfo=UTC)),
        (wall("2026-03-29 01:59"), "Europe/Amsterdam", datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        (wall("2026-03-29 02:00"), "Europe/Amsterdam", datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (wall("2026-03-29 02:30"), "Europe/Amsterdam", datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (wall("2026-03-29 02:59:59"), "Europe/Amsterdam", datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (wall("2026-03-29 03:00"), "Europe/Amsterdam", datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (wall("2026-10-25 02:30"), "Europe/Amsterdam", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (wall("2026-10-25 02:30").replace(fold=1), "Europe/Amsterdam", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (wall("2026-10-04 02:15"), "Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
        (wall("2011-12-30 12:00"), "Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC)),
        (wall("2026-06-01 10:00"), "UTC", datetime(2026, 6, 1, 10, tzinfo=UTC)),
    ],
)
def test_wall_time_to_instant(local: datetime, zone: str, instant: datetime) -> None:
    assert local_instant(local, zone) == instant
    assert local_instant(local, zone).utcoffset() == timedelta(0)


def clock_changes(zone: str) -> Iterator[datetime]:
    """The instants at which a zone changes its clocks from 2025 to 2035, to the minute."""
    place = ZoneInfo(zone)

    def offset(at: datetime) -> timedelta | None:
        return at.astimezone(place).utcoffset()

    fortnight = timedelta(days=14)
    start = datetime(2025, 1, 1, tzinfo=UTC)
    known = offset(start)
    while start < datetime(2036, 1, 1, tzinfo=UTC):
        before, after = start, start + fortnight
        start, was, known = after, known, offset(after)
        if was == known:
            continue
        while after - before > MINUTE:
            middle = before + (after - before) // MINUTE // 2 * MINUTE
            before, after = (before, middle) if offset(middle) != was else (middle, after)
        yield after


def assert_due_once_and_never_early(local: datetime, zone: str) -> None:
    place = ZoneInfo(zone)
    instant = local_instant(local, zone)
    shown = instant.astimezone(place).replace(tzinfo=None)
    earlier = (instant - MINUTE).astimezone(place).replace(tzinfo=None)
    assert shown >= local
    assert shown == local or earlier < local, "a skipped time is due in the first minute after the gap"
    others = {local.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1)}
    same = [other for other in others if other.astimezone(place).replace(tzinfo=None) == local]
    assert same == [] or instant == min(same), "a time shown twice is due the first time"


def test_every_clock_change_of_every_zone() -> None:
    # Zones that change their clocks at one moment in one way ask the same: what is due lies within hours of it.
    seen: set[tuple[datetime, datetime, datetime]] = set()
    changes = 0
    for zone in ZONES:
        place = ZoneInfo(zone)
        for change in clock_changes(zone):
            changes += 1
            sides = [(change - MINUTE).astimezone(place), change.astimezone(place)]
            before, after = (side.replace(tzinfo=None, fold=0) for side in sides)
            if (change, before, after) in seen:
                continue
            seen.add((change, before, after))
            for side in sides:
                for minutes in (-61, -30, -1, 0, 1, 30, 61):
                    local = side.replace(tzinfo=None, fold=0) + minutes * MINUTE
                    assert_due_once_and_never_early(local, zone)
    assert changes > 1000


@given(
    st.datetimes(wall("2025-01-01 00:00"), wall("2035-12-31 00:00")).map(
        lambda at: at.replace(second=0, microsecond=0)
    ),
    st.sampled_from(ZONES),
)
def test_any_wall_time_of_any_zone(local: datetime, zone: str) -> None:
    assert_due_once_and_never_early(local, zone)


def test_today_is_a_matter_of_zone() -> None:
    now = datetime(2026, 5, 1, 23, 30, tzinfo=UTC)
    assert local_today(now, "Europe/Amsterdam") == date(2026, 5, 2)
    assert local_today(now, "America/New_York") == date(2026, 5, 1)


@pytest.mark.parametrize(("days", "apart", "within"), [(3, 3, True), (3, 4, False), (3, -3, True), (3, -4, False)])
def test_within_days_looks_both_ways(days: int, apart: int, within: bool) -> None:
    assert within_days(days, date(2026, 3, 1), date(2026, 3, 1) + timedelta(days=apart)) is within


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 4, 1), 0, date(2026, 4, 1)),
        (date(2026, 4, 4), 0, date(2026, 4, 7)),
        (date(2026, 4, 1), 1, date(2026, 4, 2)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2026, 4, 4), 1, date(2026, 4, 7)),
        (date(2026, 4, 1), 5, date(2026, 4, 10)),
    ],
)
def test_working_days_pass_over_weekends_and_holidays(day: date, count: int, expected: date) -> None:
    assert add_working_days(day, count, EASTER) == expected


def test_the_working_day_before() -> None:
    assert working_day_before(date(2026, 4, 7), EASTER) == date(2026, 4, 2)
    assert working_day_before(date(2026, 4, 9), EASTER) == date(2026, 4, 8)


def test_a_calendar_without_working_days_is_refused() -> None:
    class Never:
        def is_working_day(self, day: date) -> bool:
            return False

    with pytest.raises(ValueError, match="no working day"):
        add_working_days(date(2026, 4, 1), 1, Never())


@pytest.mark.parametrize(
    ("quiet_from", "quiet_until", "clock", "quiet"),
    [
        (time(18), time(9), time(17, 59), False),
        (time(18), time(9), time(18), True),
        (time(18), time(9), time(0), True),
        (time(18), time(9), time(8, 59), True),
        (time(18), time(9), time(9), False),
        (time(12), time(13), time(11, 59), False),
        (time(12), time(13), time(12), True),
        (time(12), time(13), time(12, 59), True),
        (time(12), time(13), time(13), False),
        (time(9), time(9), time(3), False),
        (time(9), time(9), time(9), False),
        (time(0), time(0), time(0), False),
    ],
)
def test_quiet_hours_of_a_working_day(quiet_from: time, quiet_until: time, clock: time, quiet: bool) -> None:
    settings = WorkspaceSettings(quiet_from=quiet_from, quiet_until=quiet_until)
    assert is_quiet(amsterdam(f"2026-04-01 {clock}"), settings, WEEKDAYS) is quiet


def test_days_off_are_quiet_all_day() -> None:
    no_quiet_hours = WorkspaceSettings(quiet_from=time(9), quiet_until=time(9))
    assert is_quiet(amsterdam("2026-04-04 12:00"), no_quiet_hours, WEEKDAYS)
    assert is_quiet(amsterdam("2026-04-06 12:00"), no_quiet_hours, EASTER)
    assert is_quiet(datetime(2026, 4, 3, 22, 30, tzinfo=UTC), no_quiet_hours, WEEKDAYS), "Saturday in Amsterdam"


@pytest.mark.parametrize(
    ("quiet", "now", "posted"),
    [
        ((18, 9), "2026-04-01 12:00", "2026-04-01 12:00"),
        ((18, 9), "2026-04-01 07:00", "2026-04-01 09:00"),
        ((18, 9), "2026-04-01 18:00", "2026-04-02 09:00"),
        ((18, 9), "2026-04-02 20:00", "2026-04-07 09:00"),
        ((18, 9), "2026-04-04 12:00", "2026-04-07 09:00"),
        ((18, 9), "2026-03-28 12:00", "2026-03-30 09:00"),
        ((12, 13), "2026-04-01 12:30", "2026-04-01 13:00"),
        ((12, 13), "2026-04-04 12:00", "2026-04-07 09:00"),
        ((20, 7), "2026-04-05 12:00", "2026-04-07 07:00"),
        ((18, 18), "2026-04-04 12:00", "2026-04-07 09:00"),
        ((8, 14), "2026-04-04 12:00", "2026-04-07 14:00"),
    ],
)
def test_alerts_wait_for_the_next_working_morning(quiet: tuple[int, int], now: str, posted: str) -> None:
    settings = WorkspaceSettings(quiet_from=time(quiet[0]), quiet_until=time(quiet[1]))
    assert post_at(amsterdam(now), settings, EASTER, urgent=False) == amsterdam(posted)
    assert post_at(amsterdam(now), settings, EASTER, urgent=True) == amsterdam(now)


def test_a_morning_that_has_just_come_is_the_next() -> None:
    assert next_working_morning(amsterdam("2026-04-01 09:00"), SETTINGS, EASTER) == amsterdam("2026-04-01 09:00")
    assert next_working_morning(amsterdam("2026-04-01 09:01"), SETTINGS, EASTER) == amsterdam("2026-04-02 09:00")


CLOCKS = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(
    st.datetimes(wall("2025-01-01 00:00"), wall("2035-12-31 00:00"), timezones=st.just(UTC)),
    st.sampled_from(ZONES),
    CLOCKS,
    CLOCKS,
    st.frozensets(st.dates(date(2025, 1, 1), date(2036, 1, 31)), max_size=5),
)
@example(datetime(2026, 3, 29, 0, 45, tzinfo=UTC), "Europe/Amsterdam", time(23), time(2, 30), frozenset())
def test_nothing_is_posted_in_quiet_hours_or_early(
    now: datetime, zone: str, quiet_from: time, quiet_until: time, off: frozenset[date]
) -> None:
    settings = WorkspaceSettings(zone=zone, quiet_from=quiet_from, quiet_until=quiet_until)
    calendar = Weekdays(off | {now.date() + timedelta(days=1)})
    at = post_at(now, settings, calendar, urgent=False)
    local = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert at >= now
    assert not is_quiet(at, settings, calendar)
    assert calendar.is_working_day(local.date())
    mornings = [local_instant(datetime.combine(local.date(), clock), zone) for clock in (time(9), quiet_until)]
    assert at == now or at in mornings


@pytest.mark.parametrize(
    ("left_on", "delay", "slot"),
    [
        (date(2026, 4, 13), 5, wall("2026-04-20 10:00")),
        (date(2026, 4, 1), 5, wall("2026-04-10 10:00")),
        (date(2026, 4, 4), 5, wall("2026-04-13 10:00")),
        (date(2026, 4, 4), 0, wall("2026-04-07 10:00")),
    ],
)
def test_a_debrief_is_some_working_days_later(left_on: date, delay: int, slot: datetime) -> None:
    settings = WorkspaceSettings(policy=Policy(debrief_working_days=delay))
    assert debrief_slot(left_on, settings, EASTER) == slot


BEFORE = Reminder(DAY_BEFORE, wall("2026-04-02 10:00"), amsterdam("2026-04-02 10:00"))
QUARTER = Reminder(QUARTER_HOUR, wall("2026-04-07 13:45"), amsterdam("2026-04-07 13:45"))


@pytest.mark.parametrize(
    ("now", "reminders"),
    [
        ("2026-04-01 12:00", [BEFORE, QUARTER]),
        ("2026-04-02 09:59", [BEFORE, QUARTER]),
        ("2026-04-02 10:00", [QUARTER]),
        ("2026-04-07 13:44", [QUARTER]),
        ("2026-04-07 13:45", []),
        ("2026-04-08 00:00", []),
    ],
)
def test_reminders_still_to_come(now: str, reminders: list[Reminder]) -> None:
    local = wall("2026-04-07 14:00")
    assert debrief_reminders(local, "Europe/Amsterdam", amsterdam(now), EASTER) == reminders


@given(st.datetimes(wall("2025-01-02 00:00"), wall("2035-12-31 00:00")), st.sampled_from(ZONES))
@example(wall("2026-03-29 03:05"), "Europe/Amsterdam")
@example(wall("2026-10-25 03:05"), "Europe/Amsterdam")
def test_the_last_reminder_is_a_quarter_of_an_hour_before(local: datetime, zone: str) -> None:
    before, last = debrief_reminders(local, zone, datetime(2024, 12, 1, tzinfo=UTC), WEEKDAYS)
    assert last.due_at == local_instant(local, zone) - timedelta(minutes=15)
    assert last.local_at == last.due_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert before.due_at == local_instant(before.local_at, zone)
    assert before.local_at.time() == time(10)
    assert before.local_at.date() < local.date()
