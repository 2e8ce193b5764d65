"""Taking out of a request what could pass for a mark of ours, and what no database takes."""

from __future__ import annotations

import re
from typing import Any

from bot.language.marks import unmarked

_SUSPICIOUS = re.compile(
    r"""
    [\0\ufdd0-\ufdef\\%]                # one class first, so that all other text is passed over quickly
    (?: (?<=[\0\ufdd0-\ufdef])           # as it is
      | (?:(?<=\\)|5C) u (?:fd[de]|0000|d[89a-f])   # as JSON escapes it, perhaps in a form; surrogate pairs look alike
      | (?<=%) (?:EF%B7|00)              # as a form escapes it
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Such a character in a request as it came in."""


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
