"""Time zones as calendar programs read them: rules, and right at the moment of the event."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil.tz import tzical
from hypothesis import given
from hypothesis import strategies as st

from bot.usecases.debrief.zone_rules import rules_of, timezone_component

ZONES = [
    "Europe/Amsterdam",
    "Europe/Dublin",  # its winter is the exception, and its offsets are the other way round
    "America/New_York",
    "America/Santiago",  # in the night after a Saturday
    "America/Nuuk",  # the evening before
    "Africa/Cairo",  # a Friday that may lie in the next month
    "Africa/Casablanca",  # by the moon
    "Asia/Jerusalem",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",  # by half an hour
    "Pacific/Auckland",
    "UTC",
]
SOON = st.integers(0, 11 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def read_by_another(zone: str, moment: datetime) -> timedelta | None:
    """The offset that another reader of the component finds at a moment."""
    component = timezone_component(zone, (moment, moment)).to_ical().decode()
    read = tzical(StringIO(f"BEGIN:VCALENDAR\r\n{component}END:VCALENDAR\r\n")).get(zone)
    # The reader knows local times alone.
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=read).utcoffset()


def is_told_twice_or_never(zone: str, moment: datetime) -> bool:
    """Whether the local time is one that the clocks show twice, of which a calendar cannot name the second."""
    local = moment.astimezone(ZoneInfo(zone))
    return local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()


@given(st.sampled_from(ZONES), SOON)
def test_another_reader_finds_the_same_offset(zone: str, moment: datetime) -> None:
    if not is_told_twice_or_never(zone, moment):
        assert read_by_another(zone, moment) == moment.astimezone(ZoneInfo(zone)).utcoffset()


@pytest.mark.sweep
@pytest.mark.parametrize("zone", sorted(available_timezones() - {"localtime"}))
def test_another_reader_finds_the_same_offsets_in_every_zone(zone: str) -> None:
    for day in range(0, 5 * 365, 33):
        moment = datetime(2026, 1, 1, day % 24, 17, tzinfo=UTC) + timedelta(days=day)
        if not is_told_twice_or_never(zone, moment):
            assert read_by_another(zone, moment) == moment.astimezone(ZoneInfo(zone)).utcoffset(), moment


@pytest.mark.parametrize("zone", ZONES)
def test_rules_are_rules(zone: str) -> None:
    component = timezone_component(zone, (datetime(2026, 7, 1, tzinfo=UTC),))
    assert "RDATE" not in str(component.to_ical())
    rules = rules_of(zone)
    assert rules is not None
    assert str(component.to_ical()).count("RRULE") == (2 if rules.summer else 0)


def test_a_zone_without_rules_says_what_its_clocks_show() -> None:
    assert rules_of("Nowhere/City") is None
