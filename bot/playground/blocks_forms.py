"""Shapes of the values that inputs start with: dates, times, zones, and bounds that must be in order."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from bot.playground.blocks_schema import Report


def calendar_date(value: Any, pointer: str, report: Report) -> None:
    """Shape of a date as YYYY-MM-DD."""
    if not isinstance(value, str) or not _reads(value, "%Y-%m-%d", len("2026-01-31")):
        report.add(pointer, "must be a date as YYYY-MM-DD")


def time_of_day(value: Any, pointer: str, report: Report) -> None:
    """Shape of a time as HH:mm, 24 hours."""
    if not isinstance(value, str) or not _reads(value, "%H:%M", len("09:00")):
        report.add(pointer, "must be a time as HH:mm")


def _reads(value: str, pattern: str, length: int) -> bool:
    if len(value) != length or not value.isascii():
        return False
    try:
        datetime.strptime(value, pattern)  # noqa: DTZ007 - only its form matters
    except ValueError:
        return False
    return True


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def timezone_name(value: Any, pointer: str, report: Report) -> None:
    """Shape of a name in the IANA time zone database."""
    if not isinstance(value, str) or value not in _zones():
        report.add(pointer, "must be a valid IANA timezone")


def lengths_in_order(value: Mapping[str, Any], pointer: str, report: Report) -> None:
    """Rule: min_length is not above max_length."""
    shortest, longest = value.get("min_length"), value.get("max_length")
    if isinstance(shortest, int) and isinstance(longest, int) and shortest > longest:
        report.add(pointer, "min_length must not exceed max_length")


def numbers_in_order(value: Mapping[str, Any], pointer: str, report: Report) -> None:
    """Rule: min_value, initial_value and max_value do not contradict, and are whole where they must be."""
    bounds = {name: _as_number(value.get(name)) for name in ("min_value", "initial_value", "max_value")}
    whole = value.get("is_decimal_allowed") is False
    for name, bound in bounds.items():
        if whole and bound is not None and not bound.is_integer():
            report.add(f"{pointer}/{name}", "decimal numbers are not allowed here")
    given = [bound for bound in bounds.values() if bound is not None]
    if given != sorted(given):
        report.add(pointer, "min_value, initial_value and max_value must be in order")


def _as_number(value: Any) -> float | None:
    try:
        return float(value) if isinstance(value, str) else None
    except ValueError:
        return None
