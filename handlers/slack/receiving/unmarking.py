"""Taking out of a request what could pass for a mark of ours, and what no database takes."""

from __future__ import annotations

import re
from typing import Any

from bot.language.marks import unmarked

_SUSPICIOUS = re.compile(r"[\0\ufdd0-\ufdef]|(?:\\|%5C)u(?:fd[de]|0000|d[89a-f])|%EF%B7|%00", re.IGNORECASE)
"""Such a character as it is, or as JSON, a form, or JSON in a form escapes it; whole surrogate pairs look alike."""


def may_hold_marks(raw: str) -> bool:
    """Whether a request as it came in can hold such characters; nearly none does, and is then not looked through."""
    return _SUSPICIOUS.search(raw) is not None


def without_marks_in(value: Any) -> Any:
    """What was parsed, with no such character in any text of it."""
    if isinstance(value, str):
        return unmarked(value)
    if isinstance(value, dict):
        return {unmarked(key): without_marks_in(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [without_marks_in(inner) for inner in value]
    return value
