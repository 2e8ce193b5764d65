"""Dates from their parts, and in words."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any


class Toward(Enum):
    """Where the days lie that a text speaks of: what happened is past, what is planned is to come."""

    PAST = -1
    FUTURE = 1


def made(year: int, month: int, day: int) -> date | None:
    """The date; `None` where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def dated(day: int, month: int, year: int | None, today: date, toward: Toward) -> date | None:
    """The date; without a year it is the nearest one that lies `toward` where days are spoken of, today included."""
    if year is not None:
        return made(year, month, day)
    here = made(today.year, month, day)
    if here is None:
        return None
    if toward is Toward.PAST and here > today:
        return made(today.year - 1, month, day)
    if toward is Toward.FUTURE and here < today:
        return made(today.year + 1, month, day)
    return here


def read_written(text: str) -> date | None:
    """A day, a month in words and a year, in Dutch or English: "20 maart 2026"."""
    found = _parser().get_date_data(text).date_obj
    return found.date() if isinstance(found, datetime) else None


@cache
def _parser() -> Any:
    # It takes 80 ms to load, and few texts name a month.
    from dateparser.date import DateDataParser

    return DateDataParser(languages=["nl", "en"], settings={"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month"]})
