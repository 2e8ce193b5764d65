"""The kinds of values that settings have: how each is read from text, kept as JSON, used and shown."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from datetime import time
from functools import cache
from typing import Any, Protocol
from zoneinfo import available_timezones

from msgspec import Struct

from bot.domain.catalogue import CATEGORIES

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MAX_WEIGHT = 10.0
_MAX_LINE_LENGTH = 200

_OTHER_CODES = {"UK": "GB", "EL": "GR"}
"""What people and the European Union call countries that ISO 3166 calls otherwise."""


class SettingKind(Protocol):
    """How values of one kind are read and shown."""

    def parse(self, text: str) -> Any:
        """The JSON value that `text` means; raises `ValueError` with the reason as the end of a sentence."""
        ...

    def load(self, stored: Any) -> Any:
        """The value that the rules use."""
        ...

    def show(self, value: Any) -> str:
        """Text that `parse` reads back as the same value."""
        ...


class Choice(Struct, frozen=True):
    """One of a few words."""

    words: tuple[str, ...]
    made: Callable[[str], Any] = str

    def parse(self, text: str) -> str:
        word = text.lower()
        if word not in self.words:
            raise ValueError(f"choose one of {', '.join(self.words)}")
        return word

    def load(self, stored: str) -> Any:
        return self.made(stored)

    def show(self, value: str) -> str:
        return str(value)


class Upper(Struct, frozen=True):
    """A code of a fixed number of capital letters."""

    length: int
    meaning: str

    def parse(self, text: str) -> str:
        if not (text.isascii() and text.isalpha() and len(text) == self.length):
            raise ValueError(f"write {self.meaning}")
        return text.upper()

    def load(self, stored: str) -> str:
        return stored

    def show(self, value: str) -> str:
        return value


class Line(Struct, frozen=True):
    """A short text; semicolons part its lines, and nothing, or a dash, is none."""

    def parse(self, text: str) -> str:
        if len(text) > _MAX_LINE_LENGTH:
            raise ValueError(f"write at most {_MAX_LINE_LENGTH} characters")
        kept = "\n".join(part for line in text.split(";") if (part := " ".join(line.split())))
        return "" if kept == "-" else kept

    def load(self, stored: str) -> str:
        return stored

    def show(self, value: str) -> str:
        return value.replace("\n", "; ") or "-"


class Country(Struct, frozen=True):
    """A country by its code (ISO 3166-1), perhaps with a region of it (ISO 3166-2): `NL`, `DE-BY`.

    Whether there is one is for who knows the holidays; codes that are used beside the standard become those in it.
    """

    def parse(self, text: str) -> str:
        if not re.fullmatch(r"[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?", text):
            raise ValueError("write a country code such as NL or BE")
        return self.load(text.upper())

    def load(self, stored: str) -> str:
        # Earlier versions stored what was typed.
        country, between, region = stored.partition("-")
        return f"{_OTHER_CODES.get(country, country)}{between}{region}"

    def show(self, value: str) -> str:
        return value


class Zone(Struct, frozen=True):
    """A time zone by its IANA name."""

    def parse(self, text: str) -> str:
        try:
            return _zone_names()[text.casefold()]
        except KeyError:
            raise ValueError("write a time zone such as Europe/Amsterdam") from None

    def load(self, stored: str) -> str:
        return stored

    def show(self, value: str) -> str:
        return value


class PlaceId(Struct, frozen=True):
    """A place, typed and shown by the id that its platform gives it; nothing, or a dash, is no place.

    It is stored by our own id, which who changes and shows settings puts in place of the platform's.
    """

    def parse(self, text: str) -> str:
        if text in ("", "-"):
            return ""
        if not re.fullmatch(r"[A-Za-z0-9:_.@-]{2,128}", text):
            raise ValueError("write the id of the channel, which its details show at the bottom, not its name")
        return text

    def load(self, stored: int | None) -> int | None:
        return stored

    def show(self, value: str) -> str:
        return value or "-"


class Whole(Struct, frozen=True):
    """A whole number within bounds."""

    least: int
    most: int

    def parse(self, text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not self.least <= int(text) <= self.most:
            raise ValueError(f"write a whole number between {self.least} and {self.most}")
        return int(text)

    def load(self, stored: int) -> int:
        return stored

    def show(self, value: int) -> str:
        return str(value)


class Decimals(Struct, frozen=True):
    """A number within bounds; a comma is read as a point."""

    least: float
    most: float

    def parse(self, text: str) -> float:
        number = _number(text)
        if not self.least <= number <= self.most:
            raise ValueError(f"write a number between {self.least:g} and {self.most:g}")
        return number

    def load(self, stored: float) -> float:
        return float(stored)

    def show(self, value: float) -> str:
        return _written(value)


class ClockTime(Struct, frozen=True):
    """A time of day."""

    def parse(self, text: str) -> str:
        match = re.fullmatch(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])", text)
        if match is None:
            raise ValueError("write a time of day such as 09:00")
        return f"{int(match[1]):02d}:{match[2]}"

    def load(self, stored: str) -> time:
        return time.fromisoformat(stored)

    def show(self, value: time) -> str:
        return f"{value:%H:%M}"


class Weekdays(Struct, frozen=True):
    """Days of the week, kept as ISO numbers."""

    def parse(self, text: str) -> list[int]:
        words = _words(text)
        if not words or not set(words) <= set(WEEKDAYS):
            raise ValueError(f"write days separated by commas, out of {', '.join(WEEKDAYS)}")
        return sorted({WEEKDAYS.index(word) + 1 for word in words})

    def load(self, stored: Sequence[int]) -> tuple[int, ...]:
        return tuple(stored)

    def show(self, value: Sequence[int]) -> str:
        return ", ".join(WEEKDAYS[day - 1] for day in value)


class CategoryList(Struct, frozen=True):
    """The behaviour categories that a workspace uses, in the order in which they are offered."""

    def parse(self, text: str) -> list[str]:
        words = list(dict.fromkeys(_words(text)))
        if not words or not set(words) <= set(CATEGORIES):
            raise ValueError(f"write categories separated by commas, out of {', '.join(CATEGORIES)}")
        return words

    def load(self, stored: Sequence[str]) -> tuple[str, ...]:
        return tuple(stored)

    def show(self, value: Sequence[str]) -> str:
        return ", ".join(value)


class Weights(Struct, frozen=True):
    """What categories weigh that do not weigh 1, written as `late_payment=1.5`; nothing, or a dash, is none."""

    def parse(self, text: str) -> dict[str, float]:
        weights: dict[str, float] = {}
        for word in _words("" if text == "-" else text, ";"):
            category, _, number = (part.strip() for part in word.partition("="))
            weight = _number(number)
            if category not in CATEGORIES or not 0 <= weight <= _MAX_WEIGHT:
                raise ValueError(
                    f"write weights from 0 to {_MAX_WEIGHT:g} separated by semicolons, such as late_payment=1.5; "
                    f"categories are {', '.join(CATEGORIES)}"
                )
            weights[category] = weight
        return weights

    def load(self, stored: dict[str, float]) -> dict[str, float]:
        return {category: float(weight) for category, weight in stored.items()}

    def show(self, value: dict[str, float]) -> str:
        return "; ".join(f"{category}={_written(weight)}" for category, weight in value.items()) or "-"


class DaysByCategory(Struct, frozen=True):
    """A number of days for some categories, written as `late_payment=14`; nothing, or a dash, is none."""

    longest: int

    def parse(self, text: str) -> dict[str, int]:
        days: dict[str, int] = {}
        for word in _words("" if text == "-" else text, ";"):
            category, _, number = (part.strip() for part in word.partition("="))
            if category not in CATEGORIES or not number.isdecimal() or not 0 <= int(number) <= self.longest:
                raise ValueError(
                    f"write days from 0 to {self.longest} separated by semicolons, such as late_payment=14; "
                    f"categories are {', '.join(CATEGORIES)}"
                )
            days[category] = int(number)
        return days

    def load(self, stored: dict[str, int]) -> dict[str, int]:
        return dict(stored)

    def show(self, value: dict[str, int]) -> str:
        return "; ".join(f"{category}={days}" for category, days in value.items()) or "-"


@cache
def _zone_names() -> dict[str, str]:
    """The names of all time zones by their lower case."""
    return {name.casefold(): name for name in available_timezones()}


def _words(text: str, separator: str = ",") -> list[str]:
    return [word for part in text.lower().split(separator) if (word := part.strip())]


def _number(text: str) -> float:
    """The number, or not-a-number, which no bounds hold."""
    if not re.fullmatch(r"[0-9]{1,9}([.,][0-9]{1,6})?", text):
        return math.nan
    return float(text.replace(",", "."))


def _written(number: float) -> str:
    return f"{number:.6f}".rstrip("0").rstrip(".")
