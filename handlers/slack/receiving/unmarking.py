"""Taking out of a request what could pass for a mark of ours."""

from __future__ import annotations

import re
from typing import Any

from bot.language.marks import unmarked

_SUSPICIOUS = re.compile(r"[\ufdd0-\ufdef]|\\ufd[de]|%EF%B7", re.IGNORECASE)
"""A mark as it is, or as JSON or a form escapes it."""


def may_hold_marks(raw: str) -> bool:
    """Whether a request as it came in can hold marks; nearly none does, and is then not looked through."""
    return _SUSPICIOUS.search(raw) is not None


def without_marks_in(value: Any) -> Any:
    """What was parsed, with no mark in any text of it."""
    if isinstance(value, str):
        return unmarked(value)
    if isinstance(value, dict):
        return {unmarked(key): without_marks_in(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [without_marks_in(inner) for inner in value]
    return value
