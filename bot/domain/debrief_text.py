"""Reading what was typed after `/debrief`: a client, perhaps a day, perhaps a time."""

from __future__ import annotations

import re
from datetime import date, time

from msgspec import Struct

from bot.domain.errors import DateExpectedError, DateUnreadableError

_PAIRS = ('""', "“”", "„”", "„“", "””", "«»", "''", "‘’", "’’")
_QUOTED = re.compile(
    r"\s*(?:" + "|".join(f"{pair[0]}(.+?){pair[1]}" for pair in _PAIRS) + r")(?!\S)",
    re.DOTALL,
)
_TIME = re.compile(
    r"(?:^|\s)(?:at\s+|om\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:\s*(?:u|uur))?\s*$", re.IGNORECASE
)
_ISO = re.compile(r"(?:^|\s)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\s*$")
_EUROPEAN = re.compile(r"(?:^|\s)(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})\s*$")


class DebriefText(Struct, frozen=True):
    """`name` is what stood before a day and time; `None` is "not said"."""

    name: str
    on: date | None
    at: time | None


def parse_debrief_text(text: str) -> DebriefText:
    """Read `Acme`, `Acme 2026-12-01`, `"Bakkerij 10:00" 1-12-2026 14:30`; quotes keep a name whole.

    Raises `DateUnreadableError` for a day or time that does not exist.
    """
    quoted = _QUOTED.match(text)
    rest = text[quoted.end() :] if quoted else text
    rest, at = _take_time(rest.rstrip())
    rest, on = _take_date(rest.rstrip())
    if quoted:
        if rest.strip():
            raise DateExpectedError(text=rest.strip(), example="2026-12-01 14:00")
        name = next(name for name in quoted.groups() if name is not None)
        return DebriefText(name.strip(), on, at)
    return DebriefText(rest.strip(), on, at)


def _take_time(rest: str) -> tuple[str, time | None]:
    found = _TIME.search(rest)
    if found is None:
        return rest, None
    try:
        return rest[: found.start()], time(int(found["hour"]), int(found["minute"]))
    except ValueError:
        raise DateUnreadableError(text=found[0].strip(), example="14:00") from None


def _take_date(rest: str) -> tuple[str, date | None]:
    found = _ISO.search(rest) or _EUROPEAN.search(rest)
    if found is None:
        return rest, None
    try:
        return rest[: found.start()], date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        raise DateUnreadableError(text=found[0].strip(), example="2026-12-01") from None
