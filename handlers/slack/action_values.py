"""What buttons and forms of ours carry: the ids of what they are about.

A payload can be made up or belong to another version, so whatever is no id is answered as what is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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


def clicked_value(body: Mapping[str, Any]) -> str:
    """What the button or choice carries that was clicked; raises `NotFoundError` where it carries nothing."""
    actions = body.get("actions")
    action = actions[0] if isinstance(actions, list) and actions else {}
    value = action.get("value") if isinstance(action, Mapping) else None
    if not isinstance(value, str):
        raise NotFoundError
    return value


def clicked_id(body: Mapping[str, Any]) -> int:
    """The id that the clicked button carries; raises `NotFoundError` when it carries none."""
    return id_in(clicked_value(body))


def form_id(body: Mapping[str, Any]) -> int:
    """The id that the form carries as its private metadata; raises `NotFoundError` when it carries none."""
    return id_in((body.get("view") or {}).get("private_metadata"))
