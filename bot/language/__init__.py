"""The languages that people read: sentences from the catalogues, dates, numbers and money through Babel.

Message ids are English sentences with named placeholders, so English needs no catalogue; every other language
must have a compiled one. What is more than text in a sentence is marked (`bot.language.marks`) and what the platform
calls things is filled in (`bot.language.platform_words`) before values are put in, so nothing that people typed needs
escaping.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from functools import cache, cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec.structs import asdict

from bot.domain.errors import FlagclientError
from bot.language.catalogue import CatalogueMissingError, translations
from bot.language.marks import marked
from bot.language.platform_words import PlatformWords

if TYPE_CHECKING:
    from bot.language.formats import Formats

__all__ = ["DEFAULT", "LANGUAGES", "CatalogueMissingError", "Language", "language"]

DEFAULT = "en"
"""The language of the message ids, and of everybody whose own language we do not speak."""

LANGUAGES: tuple[str, ...] = (DEFAULT, "nl")
"""The codes of all languages that are complete."""

MAX_CLOCKS = 4
"""The most clocks by which one moment is told."""

MAX_VALUE_LENGTH = 200
"""How much of a text that somebody typed is repeated in the sentence of an error."""


class Language:
    """One language. Get it from `language()`, which keeps one of each."""

    def __init__(self, code: str, words: PlatformWords | None = None) -> None:
        self.code = code
        self._translations = translations(code, source=DEFAULT)
        self._words = words
        self._ready: dict[str, str] = {}

    @cached_property
    def _formats(self) -> Formats:
        # Babel takes longer to import than all of this package, and most processes start without needing it.
        from bot.language.formats import Formats

        return Formats(self.code)

    @property
    def words(self) -> PlatformWords:
        """What the platform calls things; raises `LookupError` where the language is of no platform."""
        if self._words is None:
            raise LookupError("this language is of no platform")
        return self._words

    def gettext(self, message: str, /, **values: object) -> str:
        """The sentence `message` in this language, placeholders filled; `KeyError` if one is missing.

        Those of the platform's words are filled already; one is missing where the language is of no platform.
        """
        return self._prepared(self._translations.gettext(message)).format(**values)

    def ngettext(self, one: str, many: str, number: int, /, **values: object) -> str:
        """Like `gettext`, in the form that fits `number`; `{number}` is filled with it, formatted."""
        sentence = self._prepared(self._translations.ngettext(one, many, number))
        return sentence.format(**{"number": self.number(number), **values})

    def pgettext(self, context: str, message: str, /, **values: object) -> str:
        """Like `gettext`, for a message that means different things in different places."""
        return self._prepared(self._translations.pgettext(context, message)).format(**values)

    def _prepared(self, sentence: str) -> str:
        """A sentence of ours to which only values are missing."""
        ready = self._ready.get(sentence)
        if ready is None:
            ready = marked(sentence)
            for name, word in (asdict(self._words) if self._words else {}).items():
                ready = ready.replace(f"{{{name}}}", self._translations.gettext(word))
            self._ready[sentence] = ready
        return ready

    def sentence(self, error: FlagclientError) -> str:
        """What to tell a person about `error`: dates and numbers among its values are formatted, long texts cut."""
        shown = {name: self._shown(value) for name, value in error.values.items()}
        return self.gettext(error.message, **shown)

    def _shown(self, value: object) -> str:
        match value:
            case dt.datetime():
                return self._moment(value)
            case dt.date():
                return self.date(value)
            case dt.time():
                return self.time(value)
            case bool():
                return str(value)
            case int() | float() | Decimal():
                return self.number(value, digits=2)
            case list() | tuple():
                return self.listing([self._shown(part) for part in value])
            case _:
                text = str(value)
                return text if len(text) <= MAX_VALUE_LENGTH else f"{text[: MAX_VALUE_LENGTH - 1]}…"

    def date(self, day: dt.date) -> str:
        """A date in full: `22 November 2026`."""
        return self._formats.date(day)

    def day_month(self, day: dt.date) -> str:
        """A date whose year is plain: `22 November`."""
        return self._formats.day_month(day)

    def weekday_date(self, day: dt.date) -> str:
        """A date with its weekday: `Sunday 22 November 2026`."""
        return self._formats.weekday_date(day)

    def time(self, moment: dt.time | dt.datetime) -> str:
        """A time of day on a 24-hour clock: `09:30`."""
        return self._formats.time(moment)

    def datetime(self, instant: dt.datetime, zone: str) -> str:
        """An aware instant as clocks in the IANA `zone` show it: `22 November 2026 at 09:30`."""
        return self._moment(instant.astimezone(ZoneInfo(zone)))

    def moment(self, instant: dt.datetime, zone: str, *others: str, is_placed: bool = False) -> str:
        """An aware instant by the clock of an IANA `zone`: `Friday 4 December 2026 at 10:00`.

        Where clocks of `others` show another time then, each is said with its place: `Friday 4 December 2026 at 10:00
        (Amsterdam), 09:00 (London)`. With `is_placed` the place is said in any case.
        """
        own = instant.astimezone(ZoneInfo(zone))
        shown = self.gettext("{day} at {time}", day=self.weekday_date(own.date()), time=self.time(own))
        clocks = {own.utcoffset(): zone}
        for other in others:
            clocks.setdefault(instant.astimezone(ZoneInfo(other)).utcoffset(), other)
        if len(clocks) == 1 and not is_placed:
            return shown
        parts = [f"{shown} ({self.city(zone)})"]
        for other in list(clocks.values())[1:MAX_CLOCKS]:
            there = instant.astimezone(ZoneInfo(other))
            at = self.time(there)
            if there.date() != own.date():
                at = self.gettext("{day} at {time}", day=self.weekday_date(there.date()), time=at)
            parts.append(f"{at} ({self.city(other)})")
        return ", ".join(parts)

    def city(self, zone: str) -> str:
        """The place that an IANA zone is called after: `London`, `Londen`; `UTC` for that."""
        return self._formats.city(zone)

    def _moment(self, local: dt.datetime) -> str:
        return self.gettext("{date} at {time}", date=self.date(local), time=self.time(local))

    def number(self, value: float | Decimal, digits: int = 1) -> str:
        """A number with at most `digits` decimals and no idle zeros: `1,234.5`, `4`."""
        return self._formats.number(value, digits)

    def money(self, value: float | Decimal, currency: str) -> str:
        """An amount in the ISO currency: `€1,250.00`."""
        return self._formats.money(value, currency)

    def days(self, count: int) -> str:
        """A number of days: `1 day`, `12 days`."""
        return self.ngettext("{number} day", "{number} days", count)

    def points(self, count: float) -> str:
        """Points of a score, as it is shown: `1 point`, `7.5 points`."""
        shown = self.number(count)
        return self.ngettext("{number} point", "{number} points", 1 if shown == "1" else 2, number=shown)

    def hours(self, count: float | Decimal) -> str:
        """A number of hours: `1 hour`, `2.5 hours`."""
        shown = self.number(count, digits=2)
        return self.ngettext("{number} hour", "{number} hours", 1 if shown == "1" else 2, number=shown)

    def listing(self, parts: Sequence[str]) -> str:
        """Several things in a row: `a, b and c`."""
        return self._formats.listing(parts)


def language(code: str, words: PlatformWords | None = None) -> Language:
    """The language of a code such as `nl` or `nl-NL`, as it is read on a platform; English where we do not speak it.

    Raises `CatalogueMissingError` when its catalogue was not compiled.
    """
    short = code.replace("_", "-").partition("-")[0].lower()
    return _language(short if short in LANGUAGES else DEFAULT, words)


@cache
def _language(code: str, words: PlatformWords | None) -> Language:
    return Language(code, words)
