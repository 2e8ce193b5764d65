"""Working days of a workspace: its own workdays, less public holidays of its country."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest

from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar, add_working_days, debrief_slot
from bot.usecases.calendar import HolidayCalendar, is_known_country

DUTCH = HolidayCalendar(WorkspaceSettings())


@pytest.mark.parametrize(
    ("day", "works"),
    [
        pytest.param(date(2026, 4, 1), True, id="a Wednesday"),
        pytest.param(date(2026, 4, 4), False, id="a Saturday"),
        pytest.param(date(2026, 1, 1), False, id="Nieuwjaarsdag"),
        pytest.param(date(2026, 4, 3), False, id="Goede Vrijdag"),
        pytest.param(date(2026, 4, 6), False, id="Tweede Paasdag"),
        pytest.param(date(2026, 4, 27), False, id="Koningsdag"),
        pytest.param(date(2027, 5, 5), True, id="Bevrijdingsdag in most years"),
        pytest.param(date(2025, 5, 5), False, id="Bevrijdingsdag every five years"),
        pytest.param(date(2026, 5, 14), False, id="Hemelvaart"),
        pytest.param(date(2026, 5, 15), True, id="the Friday after Hemelvaart"),
        pytest.param(date(2026, 5, 25), False, id="Tweede Pinksterdag"),
        pytest.param(date(2026, 12, 24), True, id="Christmas Eve"),
        pytest.param(date(2026, 12, 25), False, id="Eerste Kerstdag"),
        pytest.param(date(2029, 12, 26), False, id="Tweede Kerstdag"),
    ],
)
def test_working_days_in_the_netherlands(day: date, works: bool) -> None:
    assert DUTCH.is_working_day(day) is works


def test_koningsdag_on_a_sunday_is_kept_the_day_before() -> None:
    every_day = HolidayCalendar(WorkspaceSettings(workdays=(1, 2, 3, 4, 5, 6, 7)))
    assert not every_day.is_working_day(date(2025, 4, 26))
    assert every_day.is_working_day(date(2025, 4, 27))


def test_other_workdays_and_other_countries() -> None:
    saturdays = HolidayCalendar(WorkspaceSettings(workdays=(2, 6), country="US"))
    assert saturdays.is_working_day(date(2026, 5, 30))
    assert not saturdays.is_working_day(date(2026, 5, 29))
    assert not saturdays.is_working_day(date(2028, 7, 4))
    assert HolidayCalendar(WorkspaceSettings(country="US")).is_working_day(date(2026, 4, 27))


@pytest.mark.parametrize(
    ("code", "known"),
    [
        ("NL", True),
        ("BE", True),
        ("GB", True),
        ("nl", False),
        ("NLD", False),
        ("XX", False),
        ("", False),
        ("NYSE", False),
    ],
)
def test_known_countries(code: str, known: bool) -> None:
    assert is_known_country(code) is known


def test_days_off_of_a_region_count_where_one_is_chosen() -> None:
    epiphany = date(2027, 1, 6)
    assert HolidayCalendar(WorkspaceSettings(country="DE")).is_working_day(epiphany)
    assert not HolidayCalendar(WorkspaceSettings(country="DE-BY")).is_working_day(epiphany)
    assert not HolidayCalendar(WorkspaceSettings(country="DE-ZZ")).is_working_day(date(2028, 12, 25))


def test_in_an_unknown_country_workdays_alone_decide() -> None:
    calendar: WorkingCalendar = HolidayCalendar(WorkspaceSettings(country="XX"))
    days = [date(2026, 12, 21) + timedelta(days=n) for n in range(14)]
    assert [day for day in days if calendar.is_working_day(day)] == [day for day in days if day.isoweekday() <= 5]


def test_a_debrief_passes_over_holidays() -> None:
    assert debrief_slot(date(2026, 4, 24), DUTCH.settings, DUTCH).date() == date(2026, 5, 4)
    assert add_working_days(date(2026, 12, 23), 2, DUTCH) == date(2026, 12, 28)


def test_holiday_tables_are_not_needed_to_start() -> None:
    program = "import sys, bot.usecases.calendar; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0  # noqa: S603
