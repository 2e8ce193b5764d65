"""Days as people type them, in Dutch and English: "20 maart", "last friday", "2 weken geleden", "20/11/2026".

Nothing is guessed: what names a time without one certain day is read as such, so that the person can be asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from msgspec import Struct

from bot.domain.dates import Toward, dated, made, read_written
from bot.domain.day_words import (
    ABOUT,
    AGO,
    AHEAD,
    ANY,
    AROUND,
    COMING,
    DAY_PHRASES,
    DAYS_IN,
    IN_A_MONTH,
    JUST_PASSED,
    LAST,
    LEADING,
    LONG_UNITS,
    MONTHS,
    MONTHS_BEYOND_DOUBT,
    NEXT,
    NUMBER_WORDS,
    OPEN_PHRASES,
    PARTS_OF_DAY,
    SEASONS,
    SHORT_WEEKDAYS,
    SOMEWHEN,
    THIS,
    UNTIL,
    WEEKDAYS,
)

_ANY_DAY = date(2026, 1, 1)
_MAX_COUNT = 3650
_AROUND = "\"“”„‟«»'‘’‚`*_~()[],.:;|=!?-–—"
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|e|ste|de)?")
_ARTICLES = frozenset({"the", "de", "het"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_FIGURES = re.compile(r"(\d{1,2})([-/.])(\d{1,2})(?:\2['’]?(\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_OF_WEEKS = LAST | JUST_PASSED | NEXT | COMING | THIS
_NO_DATES = frozenset({"24/7", "1/2", "1/3", "1/4", "2/3", "3/4"})


__all__ = ["Toward", "TypedDay", "names_time", "plain_words", "read_day"]


class TypedDay(Struct, frozen=True):
    """A day in a text: its `length` in words; `on` is `None` where it is none that is certain.

    `readings` are the two days that figures may mean, where that is why.
    """

    length: int
    on: date | None = None
    readings: tuple[date, ...] = ()


def plain_words(words: Sequence[str]) -> list[str]:
    """Words as they are compared: in lower case, without punctuation around them."""
    return [word.casefold().strip(_AROUND) for word in words]


def read_day(
    words: Sequence[str], at: int, today: date, language: str, toward: Toward, *, with_short_figures: bool = True
) -> TypedDay | None:
    """The day that `words` name from `at` on; `None` where they name no time at all there.

    The words are plain (see `plain_words`); those that belong to a day, such as "on", are part of it. In English,
    figures with two readings are none that is certain: who writes them may live on either side of an ocean.
    `with_short_figures` takes figures without a year ("12-3") too.
    """
    if at >= len(words) or (words[at] not in LEADING and not _readers_of(words[at])):
        return None
    reader = _Reader(words, today, language, toward, with_short_figures=with_short_figures)
    return reader.day(at)


def names_time(words: Sequence[str], at: int) -> bool:
    """Whether plain `words` name a day or another time from `at` on."""
    return read_day(words, at, _ANY_DAY, "nl", Toward.PAST) is not None


class _Reader:
    """Reads days from the words of one text."""

    def __init__(
        self, words: Sequence[str], today: date, language: str, toward: Toward, *, with_short_figures: bool
    ) -> None:
        self._words = words
        self._today = today
        self._language = language
        self._toward = toward
        self._with_short_figures = with_short_figures

    def day(self, at: int) -> TypedDay | None:
        """The day from `at` on, with the words before and after that belong to it."""
        start = at + (self._word(at) in LEADING)
        found = self._single(start)
        if found is None and start > at:
            return self._day_of_month(start, at)
        if found is None:
            return None
        end = start + found.length
        if self._word(end) in PARTS_OF_DAY:
            end += 1
        after = end + (self._word(end) in UNTIL)
        is_doubled = self._toward is Toward.PAST and self._word(end) in WEEKDAYS
        other = self._single(after) if after > end or is_doubled else None
        if other is not None:
            return TypedDay(after + other.length - at)
        return TypedDay(end - at, found.on, found.readings)

    def _word(self, at: int) -> str:
        return self._words[at] if 0 <= at < len(self._words) else ""

    def _phrase(self, at: int, phrases: object) -> int:
        """How many words the longest of `phrases` at `at` has; 0 where there is none."""
        for length in range(min(4, len(self._words) - at), 0, -1):
            if " ".join(self._words[at : at + length]) in phrases:  # type: ignore[operator]
                return length
        return 0

    def _single(self, at: int) -> TypedDay | None:
        for read in _readers_of(self._word(at)):
            found = read(self, at)
            if found is not None:
                return found
        return None

    def _by_phrase(self, at: int) -> TypedDay | None:
        length = self._phrase(at, DAY_PHRASES)
        if not length:
            return None
        days = DAY_PHRASES[" ".join(self._words[at : at + length])]
        return TypedDay(length, self._today + timedelta(days=days))

    # Weekdays.

    def _in_three_numbers(self, at: int) -> TypedDay | None:
        """ "20 11 2026", and a year alone: no day that is certain."""
        if self._is_short_number(at) and self._is_short_number(at + 1) and _YEAR.fullmatch(self._word(at + 2)):
            return TypedDay(3)
        if self._toward is Toward.FUTURE:
            # "Bar 2026" is a name.
            return None
        start = at + (self._word(at) == "in")
        is_year = (
            _YEAR.fullmatch(self._word(start)) and self._today.year - 10 <= int(self._word(start)) <= self._today.year
        )
        return TypedDay(start + 1 - at) if is_year else None

    def _weekday_of_a_week(self, at: int) -> TypedDay | None:
        """ "Last week Friday", "vrijdag vorige week": certain, whoever says it."""
        for weekday_at, week_at in ((at + 2, at), (at, at + 1 + (self._word(at + 1) in PARTS_OF_DAY))):
            weekday = WEEKDAYS.get(self._word(weekday_at))
            if weekday is None or self._word(week_at + 1) != "week":
                continue
            weeks = self._weeks_from_here(self._word(week_at))
            if weeks is not None:
                monday = self._today - timedelta(days=self._today.weekday()) + timedelta(weeks=weeks)
                return TypedDay(max(weekday_at, week_at + 1) + 1 - at, monday + timedelta(days=weekday))
        return None

    @staticmethod
    def _weeks_from_here(word: str) -> int | None:
        if word in LAST or word in JUST_PASSED:
            return -1
        if word in NEXT or word in COMING:
            return 1
        return 0 if word in THIS else None

    def _weekday_with_date(self, at: int) -> TypedDay | None:
        """ "Monday 3 November": both have to be true."""
        weekday = WEEKDAYS.get(self._word(at), SHORT_WEEKDAYS.get(self._word(at)))
        if weekday is None:
            return None
        found = self._in_figures(at + 1) or self._in_a_month(at + 1)
        if found is None or not self._word(at + 1)[:1].isdigit():
            return None
        if found.on is not None and found.on.weekday() != weekday:
            return TypedDay(1 + found.length)
        return TypedDay(1 + found.length, found.on, found.readings)

    def _weekday_alone(self, at: int) -> TypedDay | None:
        said = self._word(at)
        if said.removesuffix("s") in WEEKDAYS and said not in WEEKDAYS:
            return TypedDay(1)
        if said in ANY | _ARTICLES and self._word(at + 1) in WEEKDAYS:
            return TypedDay(2)
        if said in THIS and self._word(at + 1) in JUST_PASSED | COMING:
            found = self._weekday_alone(at + 1)
            return None if found is None else TypedDay(found.length + 1, found.on)
        has_word = said in _OF_WEEKS
        weekday = WEEKDAYS.get(self._word(at + has_word))
        if weekday is None:
            return None
        length = 1 + has_word
        if not has_word and self._word(at + 1) in {"jl", "jongstleden"}:
            said, length = "jl", 2
        return TypedDay(length, self._weekday_meant(weekday, said))

    def _weekday_meant(self, weekday: int, said: str) -> date | None:
        """The weekday that somebody speaks of who said `said` before it; `None` where two can be meant."""
        back = (self._today.weekday() - weekday - 1) % 7 + 1
        ahead = (weekday - self._today.weekday() - 1) % 7 + 1
        is_same = back == 7
        passed, coming = self._today - timedelta(days=back), self._today + timedelta(days=ahead)
        if said in JUST_PASSED:
            return passed
        if said in COMING:
            return coming
        if said in LAST:
            return passed if is_same or back > self._today.weekday() else None
        if said in NEXT:
            return coming if is_same or ahead > 6 - self._today.weekday() else None
        if said in THIS:
            return None if is_same else self._in_this_week(weekday)
        if self._toward is Toward.FUTURE:
            return coming
        return None if is_same else passed

    def _in_this_week(self, weekday: int) -> date:
        return self._today + timedelta(days=weekday - self._today.weekday())

    # Dates.

    def _in_figures(self, at: int) -> TypedDay | None:
        typed = self._word(at)
        iso = _ISO.fullmatch(typed)
        if iso:
            return TypedDay(1, made(int(iso[1]), int(iso[3]), int(iso[4])))
        figures = _FIGURES.fullmatch(typed)
        if figures is None or typed in _NO_DATES:
            return None
        if figures[4] is None and not self._with_short_figures:
            return None
        if figures[4] is None and figures[2] == ".":
            # It may be a number or a time as well.
            is_number = self._word(at + 1) in DAYS_IN or self._word(at + 1) in LONG_UNITS
            is_past = self._toward is Toward.PAST and not is_number
            return TypedDay(1) if is_past and made(2000, int(figures[3]), int(figures[1])) else None
        first, second = int(figures[1]), int(figures[3])
        orders = [(first, second)] if self._language == "nl" else [(first, second), (second, first)]
        year = None if figures[4] is None else int(figures[4]) + (2000 if len(figures[4]) == 2 else 0)
        found = {dated(day, month, year, self._today, self._toward) for day, month in orders} - {None}
        readings = tuple(sorted(day for day in found if day is not None))
        if not readings:
            return TypedDay(1) if year is not None else None
        return TypedDay(1, readings[0]) if len(readings) == 1 else TypedDay(1, None, readings)

    def _in_a_month(self, at: int) -> TypedDay | None:
        """ "3 November", "the 3rd of November 2026", "Nov 3"; a month without a day leaves the day open."""
        start = at + (self._word(at) in {"the", "de"})
        day_at, month_at = start, start + 1 + (self._word(start + 1) == "of")
        if self._word(month_at) not in MONTHS or not _ORDINAL.fullmatch(self._word(day_at)):
            month_at, day_at = at, at + 1
            if self._word(at) not in MONTHS or not _ORDINAL.fullmatch(self._word(day_at)):
                return self._month_alone(at)
            if self._is_short_number(at - 1):
                # "3 Nov 12": whose number it is nobody can tell.
                return TypedDay(2)
        elif self._is_short_number(day_at) and self._is_short_number(month_at + 1) and self._toward is Toward.PAST:
            # "3 Nov 12 …": the first may be a severity; where a time may follow, it is that.
            return None
        ordinal = _ORDINAL.fullmatch(self._word(day_at))
        end = max(day_at, month_at) + 1
        year = int(self._word(end)) if _YEAR.fullmatch(self._word(end)) else None
        written = f"{ordinal[1] if ordinal else ''} {self._word(month_at)}"
        end += (year is not None) + (self._word(end) in {"jl", "jongstleden"})
        return TypedDay(end - at, self._written(written, year))

    def _is_short_number(self, at: int) -> bool:
        return self._word(at).isdigit() and len(self._word(at)) <= 2

    def _written(self, day_and_month: str, year: int | None) -> date | None:
        found = read_written(f"{day_and_month} {year or self._today.year}")
        return None if found is None else dated(found.day, found.month, year, self._today, self._toward)

    def _month_alone(self, at: int) -> TypedDay | None:
        lead = 0
        while self._word(at + lead) in IN_A_MONTH and lead < 3:
            lead += 1
        months = MONTHS if lead else MONTHS_BEYOND_DOUBT
        if self._word(at + lead) not in months:
            return None
        return TypedDay(lead + 1 + bool(_YEAR.fullmatch(self._word(at + lead + 1))))

    # Days counted from today.

    def _counted(self, at: int) -> TypedDay | None:
        """ "Two weeks ago", "een paar dagen geleden", "in 3 days": how far it is has to be certain."""
        is_ahead = self._toward is Toward.FUTURE and self._word(at) in AHEAD
        start = at + is_ahead
        about = 0
        while self._word(start + about) in ABOUT and about < 3 and self._word(start + about) not in NUMBER_WORDS:
            about += 1
        if self._word(start) in NUMBER_WORDS and self._word(start + 1) in ABOUT:
            about = 2
        number_at = start + about
        count = self._count(number_at)
        unit_at = number_at + (count is not None) + (self._word(number_at + (count is not None)) == "of")
        unit = self._word(unit_at)
        if (count is None and not about) or (unit not in DAYS_IN and unit not in LONG_UNITS):
            return None
        is_back = self._word(unit_at + 1) in AGO
        if is_back is is_ahead:
            return None
        length = unit_at + 1 + is_back - at
        if about or count is None or unit not in DAYS_IN:
            return TypedDay(length)
        days = timedelta(days=count * DAYS_IN[unit])
        return TypedDay(length, self._today + days if is_ahead else self._today - days)

    def _count(self, at: int) -> int | None:
        word = self._word(at)
        if word.isascii() and word.isdigit() and len(word) <= 4 and int(word) <= _MAX_COUNT:
            return int(word)
        return NUMBER_WORDS.get(word)

    # Times that leave the day open.

    def _open(self, at: int) -> TypedDay | None:
        length = self._phrase(at, OPEN_PHRASES)
        if length:
            return TypedDay(length)
        lead = self._phrase(at, SOMEWHEN) or int(self._word(at) in AROUND)
        if lead:
            found = self._single(at + lead)
            return None if found is None else TypedDay(lead + found.length)
        if self._word(at) in {"week", "wk"} and self._word(at + 1).isdigit():
            return TypedDay(2)
        in_season = at + (self._word(at) == "in") + (self._word(at + 1) in _ARTICLES)
        if self._word(at) == "in" and self._word(in_season) in SEASONS:
            return TypedDay(in_season + 1 - at)
        start = at + (self._word(at) in _ARTICLES | AHEAD)
        if self._word(start) in _OF_WEEKS and (
            self._word(start + 1) in DAYS_IN or self._word(start + 1) in LONG_UNITS or self._word(start + 1) in MONTHS
        ):
            return TypedDay(start + 2 - at)
        return None

    def _day_of_month(self, start: int, at: int) -> TypedDay | None:
        """ "On the 3rd": of which month is left open."""
        has_article = self._word(start) in {"the", "de"}
        ordinal = self._word(start + has_article)
        is_ordinal = bool(_ORDINAL.fullmatch(ordinal)) and not ordinal.isdigit()
        return TypedDay(start + has_article + 1 - at) if is_ordinal else None


_Read = Callable[[_Reader, int], TypedDay | None]

_BY_FIRST_WORD: Sequence[tuple[_Read, frozenset[str]]] = (
    (_Reader._by_phrase, frozenset(phrase.split()[0] for phrase in DAY_PHRASES)),
    (_Reader._weekday_of_a_week, _OF_WEEKS | WEEKDAYS.keys()),
    (_Reader._weekday_with_date, frozenset(WEEKDAYS.keys() | SHORT_WEEKDAYS.keys())),
    (_Reader._weekday_alone, ANY | _ARTICLES | _OF_WEEKS | WEEKDAYS.keys() | {f"{weekday}s" for weekday in WEEKDAYS}),
    (_Reader._in_a_month, _ARTICLES | IN_A_MONTH | MONTHS),
    (_Reader._in_three_numbers, frozenset({"in"})),
    (_Reader._counted, AHEAD | ABOUT | NUMBER_WORDS.keys()),
    (
        _Reader._open,
        _ARTICLES
        | _OF_WEEKS
        | AHEAD
        | AROUND
        | {phrase.split()[0] for phrase in (*OPEN_PHRASES, *SOMEWHEN)}
        | {"week", "wk"},
    ),
)
"""Which words each reader begins with, in the order in which they are tried."""

_READERS: dict[str, tuple[_Read, ...]] = {
    word: tuple(read for read, begins in _BY_FIRST_WORD if word in begins)
    for word in frozenset[str]().union(*(begins for _, begins in _BY_FIRST_WORD))
}
_READERS_OF_FIGURES: tuple[_Read, ...] = (
    _Reader._in_figures,
    _Reader._in_a_month,
    _Reader._in_three_numbers,
    _Reader._counted,
)


def _readers_of(word: str) -> tuple[_Read, ...]:
    """What can read a time that begins with a plain word; nothing for most words."""
    return _READERS_OF_FIGURES if word[:1].isdigit() else _READERS.get(word, ())
