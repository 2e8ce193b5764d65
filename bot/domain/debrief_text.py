"""Reading a client, perhaps a day, perhaps a time: what was typed after `/debrief`, and after `left`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time

from msgspec import Struct

from bot.domain.days import Toward, plain_words, read_day
from bot.domain.errors import DateAmbiguousError, DateExpectedError, DateUnreadableError, TimeUnreadableError

MAX_MOMENT_LENGTH = 10
"""The most words that a day and a time have together."""

_PAIRS = ('""', "“”", "„”", "„“", "””", "«»", "''", "‘’", "’’")
_QUOTED = re.compile(
    r"\s*(?:" + "|".join(f"{pair[0]}(.+?){pair[1]}" for pair in _PAIRS) + r")(?!\S)",
    re.DOTALL,
)
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?(?:u|uur|h)?(am|pm)?")
_HOUR = re.compile(r"(\d{1,2})(?:(?:u|uur|h)(\d{2})?|(am|pm))")
_DATE_WITH_CLOCK = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})t(\d{1,2}:\d{2})(?::\d{2})?")
_HOUR_WORDS = frozenset({"u", "uur", "h", "o'clock", "o’clock"})
_BEFORE_TIME = frozenset({"at", "om", "@", "vanaf"})


class DebriefText(Struct, frozen=True):
    """`name` is what stood before a day and time; `None` is "not said"."""

    name: str
    on: date | None
    at: time | None


class _Moment:
    """What the last words of a text say, as far as they are read: a day, a time, both in any order."""

    def __init__(self) -> None:
        self.on: date | None = None
        self.at: time | None = None
        self.has_day = False
        self.problem: DateUnreadableError | None = None


def parse_debrief_text(text: str, today: date, language: str) -> DebriefText:
    """Read `Acme`, `Acme 20 March 14:00`, `"Bakkerij 10:00" morgen 14u30`; quotes keep a name whole.

    Days lie ahead. Raises `DateUnreadableError` for a day or time that does not exist, or is none for certain, and
    `DateAmbiguousError` for figures with two readings.
    """
    return _read(text, today, language, Toward.FUTURE, with_time=True)


def parse_left_text(text: str, today: date, language: str) -> DebriefText:
    """Like `parse_debrief_text`, for a day that is over and without a time."""
    return _read(text, today, language, Toward.PAST, with_time=False)


def _read(text: str, today: date, language: str, toward: Toward, *, with_time: bool) -> DebriefText:
    quoted = _QUOTED.match(text)
    rest = text[quoted.end() :] if quoted else text
    words = list(re.finditer(r"\S+", rest))
    plain = plain_words([word[0].replace("T", "t") for word in words])
    example = f"{today.isoformat()} 14:00" if with_time else today.isoformat()
    for start in range(max(0, len(words) - MAX_MOMENT_LENGTH), len(words)):
        moment = _moment(plain[start:], today, language, toward, with_time=with_time)
        if moment is None:
            continue
        if moment.problem is not None:
            moment.problem.values.update(text=rest[words[start].start() :].strip(), example=example)
            raise moment.problem
        return DebriefText(_name(quoted, rest[: words[start].start()], example), moment.on, moment.at)
    return DebriefText(_name(quoted, rest, example), None, None)


def _name(quoted: re.Match[str] | None, rest: str, example: str) -> str:
    if quoted is None:
        return rest.strip().rstrip(",;").rstrip()
    if rest.strip():
        raise DateExpectedError(text=rest.strip(), example=example)
    return next(name for name in quoted.groups() if name is not None).strip()


def _moment(words: Sequence[str], today: date, language: str, toward: Toward, *, with_time: bool) -> _Moment | None:
    """What `words` say of a day and a time; `None` where they say anything else."""
    said = _Moment()
    at = 0
    while at < len(words):
        if not words[at]:
            at += 1
            continue
        length = _take_day(said, words, at, today, language, toward) or (with_time and _take_time(said, words, at))
        if not length:
            return None
        at += length
    return said if said.has_day or said.at is not None or said.problem is not None else None


def _take_day(said: _Moment, words: Sequence[str], at: int, today: date, language: str, toward: Toward) -> int:
    """How many words from `at` on are the day; 0 where they are none, or a second one."""
    whole = _DATE_WITH_CLOCK.fullmatch(words[at])
    if whole and not said.has_day and said.at is None and _take_time(said, [whole[2]], 0):
        words = [*words[:at], whole[1], *words[at + 1 :]]
    found = None if said.has_day else read_day(words, at, today, language, toward)
    if found is None:
        return 0
    said.has_day, said.on = True, found.on
    if found.readings:
        said.problem = DateAmbiguousError(one=found.readings[0], other=found.readings[1])
    elif found.on is None:
        said.problem = DateUnreadableError()
    return found.length


def _take_time(said: _Moment, words: Sequence[str], at: int) -> int:
    """How many words from `at` on are the time; 0 where they are none, or a second one."""
    start = at + (words[at] in _BEFORE_TIME)
    if said.at is not None or start >= len(words):
        return 0
    word, after = words[start], words[start + 1] if start + 1 < len(words) else ""
    end = start + 1
    if after in {"am", "pm"} or (word.isdigit() and after in _HOUR_WORDS):
        word, end = f"{word}{after if after in {'am', 'pm'} else 'u'}", end + 1
    elif after in _HOUR_WORDS:
        end += 1
    clock, hour = _CLOCK.fullmatch(word), _HOUR.fullmatch(word)
    if clock is None and hour is None:
        return 0
    hours, minutes, half = (
        (clock[1], clock[2], clock[3]) if clock else (hour[1], hour[2], hour[3]) if hour else ("", "", "")
    )
    said.at = _time(int(hours), int(minutes or 0), half)
    if said.at is None:
        said.problem = TimeUnreadableError()
    return end - at


def _time(hour: int, minute: int, half: str | None) -> time | None:
    """A time of day; `None` where there is no such time."""
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + 12 * (half == "pm") if half else hour
    return time(hour, minute) if hour < 24 and minute < 60 else None
