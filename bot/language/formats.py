"""Dates, times, numbers and money the way people write them, with Babel and its locale data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from functools import cache, cached_property, lru_cache

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_location
from babel.lists import format_list
from babel.numbers import NumberPattern, format_currency, parse_pattern

LOCALES = {"en": "en_GB", "nl": "nl"}
"""Which of Babel's locales a language follows: English is written the European way."""

FIRST_GROUPED = 1000
"""Whole numbers below it are written alike in every language that we have."""

_DAY = "d MMMM y"
_DAY_MONTH = "d MMMM"
_WEEKDAY = "EEEE d MMMM y"
_CLOCK = "HH:mm"


class Formats:
    """Everything of one language that is no sentence."""

    def __init__(self, code: str) -> None:
        self._code = code

    @cached_property
    def _locale(self) -> Locale:
        # Babel's data takes 4 MB and a twentieth of a start: most receipts of a flag need none of it.
        return Locale.parse(LOCALES[self._code])

    def date(self, day: dt.date) -> str:
        """Day, month in words, year."""
        return _written(day, _DAY, self._locale)

    def day_month(self, day: dt.date) -> str:
        """Day and month in words."""
        return _written(day, _DAY_MONTH, self._locale)

    def weekday_date(self, day: dt.date) -> str:
        """Weekday, day, month in words, year."""
        return _written(day, _WEEKDAY, self._locale)

    def time(self, moment: dt.time | dt.datetime) -> str:
        """Hours and minutes as they stand in `moment`, whatever its zone."""
        return format_time(dt.time(moment.hour, moment.minute), _CLOCK, locale=self._locale)

    def city(self, zone: str) -> str:
        """The place of a zone, without its country."""
        return _city(zone, self._locale)

    def number(self, value: float | Decimal, digits: int) -> str:
        """At most `digits` decimals, never a negative zero."""
        if isinstance(value, int) and 0 <= value < FIRST_GROUPED:
            return str(value)
        return _number(str(value), digits, self._locale)

    def money(self, value: float | Decimal, currency: str) -> str:
        """An amount with the currency's own number of decimals."""
        return format_currency(Decimal(str(value)), currency, locale=self._locale)

    def listing(self, parts: Sequence[str]) -> str:
        """Parts joined by commas and "and"."""
        return format_list(parts, locale=self._locale)


# Babel takes its time, and most dates and numbers are shown many times.
@lru_cache(maxsize=1024)
def _written(day: dt.date, pattern: str, locale: Locale) -> str:
    return format_date(day, pattern, locale=locale)


@lru_cache(maxsize=1024)
def _number(value: str, digits: int, locale: Locale) -> str:
    rounded = round(Decimal(value), digits)
    return str(_pattern(digits).apply(rounded or Decimal(0), locale))


@lru_cache(maxsize=256)
def _city(zone: str, locale: Locale) -> str:
    return get_timezone_location(zone, locale=locale, return_city=True)


@cache
def _pattern(digits: int) -> NumberPattern:
    return parse_pattern("#,##0." + "#" * digits if digits else "#,##0")
