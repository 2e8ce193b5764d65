"""Reading a severity from the words of a typed flag, without guessing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from bot.domain.catalogue import GOOD, GOOD_POINTS, POINTS
from bot.domain.days import names_time
from bot.domain.flag_counts import may_count
from bot.domain.flag_phrases import SEVERITIES, SIZES_OF_GOOD, Phrases, Words
from bot.domain.flag_words import CORRECTING_WORDS, LEVEL_WORDS

ASKED_FIRST = 4
"""The severity that a bare number never says, since one such flag opens a discussion at once."""

MAX_CORRECTION_LENGTH = 3

_NUMBER = re.compile(r"([1-9])[)\],.:;!]*")
_SET_APART = re.compile(r"[(\[]([1-9])[)\]][,.:;!]*|([1-4])/4[,.:;!]*")
_SPELLED_OUT = {"two": 2, "three": 3, "twee": 2, "drie": 3}
_ANNOUNCED = {**_SPELLED_OUT, "one": 1, "een": 1, "één": 1, "four": 4, "vier": 4}
"""Numbers in words behind a word that announces a severity: "severity two"."""


class TypedSeverity(Struct, frozen=True):
    """A severity in `length` words; `level` is `None` where it has two readings.

    `is_sure` says that it needs no question; `is_bare` that it is a number and nothing else.
    """

    length: int
    level: int | None = None
    is_sure: bool = True
    is_bare: bool = False


def read_severity(words: Words, at: int, category: str | None) -> TypedSeverity | None:
    """The severity at `at` of a flag of `category`, where that is known; `None` where there is none."""
    for is_good in (False, True) if category is None else (category == GOOD,):
        known = SIZES_OF_GOOD if is_good else SEVERITIES
        found = _stated(words, at, known) or _number(words, at, known)
        if found is not None:
            levels: Mapping[int, int] = GOOD_POINTS if is_good else POINTS
            return found if found.level in levels else TypedSeverity(0)
    return None


def _stated(words: Words, at: int, known: Phrases[int]) -> TypedSeverity | None:
    """A severity in words, in a number that is announced as one, in brackets, or "of four"."""
    if at >= len(words):
        return None
    level, length = known.longest(words, at)
    if level is None and words.plain[at] in LEVEL_WORDS and at + 1 < len(words):
        announced = _NUMBER.fullmatch(words.typed[at + 1]) or _SET_APART.fullmatch(words.typed[at + 1])
        level = int(announced[1] or announced[2]) if announced else _ANNOUNCED.get(words.plain[at + 1])
        length = 2 if level is not None else 0
    apart = _SET_APART.fullmatch(words.typed[at])
    if level is None and apart and not (apart[2] and may_count(words, at)):
        level, length = int(apart[1] or apart[2]), 1
    if level is None:
        return None
    return TypedSeverity(0) if _another_follows(words, at + length, known) else TypedSeverity(length, level)


def _number(words: Words, at: int, known: Phrases[int]) -> TypedSeverity | None:
    """A number that can only be a severity; one that may be a count has two readings."""
    if at >= len(words):
        return None
    number = _NUMBER.fullmatch(words.typed[at])
    spelled = _SPELLED_OUT.get(words.plain[at])
    if number is None and spelled is None:
        return None
    level = int(number[1]) if number else spelled
    if may_count(words, at) or _another_follows(words, at + 1, known):
        return TypedSeverity(0)
    has_more = any(words.plain[at + 1 :])
    if level == ASKED_FIRST and has_more:
        return TypedSeverity(0)
    return TypedSeverity(1, level, is_sure=number is not None, is_bare=True)


def _another_follows(words: Words, at: int, known: Phrases[int]) -> bool:
    """Whether a second severity follows, so that nobody can tell which one is meant: "2, no 3", "2 or 3"."""
    if at >= len(words) or names_time(words.plain, at):
        return False
    if known.longest(words, at)[1]:
        return True
    for there in range(at, min(at + MAX_CORRECTION_LENGTH + 1, len(words))):
        if _NUMBER.fullmatch(words.typed[there].rstrip("?")):
            return there > at or not may_count(words, there)
        if words.plain[there] and words.plain[there] not in CORRECTING_WORDS:
            return False
    return False
