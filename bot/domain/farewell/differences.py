"""In what two versions of a letter differ: field by field, and sentence by sentence where somebody typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from msgspec import Struct

from bot.domain.farewell.drafting import LetterContent

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")


class Difference(Struct, frozen=True):
    """What of one field went out and what came in, in the order of the text.

    Text is told by its sentences; of what was ticked each choice stands by itself, and any other field has one value at
    most on either side.
    """

    field: str
    went_out: tuple[Any, ...] = ()
    came_in: tuple[Any, ...] = ()


def differences(before: LetterContent, after: LetterContent) -> tuple[Difference, ...]:
    """The fields in which two versions differ, in the order of the fields."""
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in before.__struct_fields__)
    return tuple(_difference(name, old, new) for name, old, new in pairs if old != new)


def _difference(name: str, old: Any, new: Any) -> Difference:
    before, after = _parts(old), _parts(new)
    went_out: list[Any] = []
    came_in: list[Any] = []
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            went_out += before[old_from:old_to]
            came_in += after[new_from:new_to]
    return Difference(name, tuple(went_out), tuple(came_in))


def _parts(value: Any) -> Sequence[Any]:
    if isinstance(value, tuple):
        return value
    if type(value) is str:
        return [part.strip() for part in _SENTENCE_END.split(value) if part.strip()]
    return [] if value is None else [value]
