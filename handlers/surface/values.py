"""What buttons and forms of ours carry: the ids of what they are about.

A payload can be made up or belong to another version, so whatever is no id is answered as what is not there.
"""

from __future__ import annotations

from datetime import datetime

from bot.domain.errors import NotFoundError

MAX_ID = 2**31 - 1
"""What an id column holds at most on PostgreSQL, which refuses to compare with more."""


def id_in(value: object) -> int:
    """The number that `value` is, from 0 to `MAX_ID`; raises `NotFoundError` for anything else."""
    text = value if isinstance(value, str) else ""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(MAX_ID)) else -1
    if not 0 <= number <= MAX_ID:
        raise NotFoundError
    return number


def ids_in(value: object, count: int) -> tuple[int, ...]:
    """The `count` numbers in a value such as `12:3`; raises `NotFoundError` for anything else."""
    parts = value.split(":") if isinstance(value, str) else []
    if len(parts) != count:
        raise NotFoundError
    return tuple(id_in(part) for part in parts)


def moment_in(value: str) -> datetime:
    """The naive wall time in a value such as `2026-12-25 10:00:00`; raises `NotFoundError` for anything else."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise NotFoundError from None
    if moment.tzinfo is not None:
        raise NotFoundError
    return moment
