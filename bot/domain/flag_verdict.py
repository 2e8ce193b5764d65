"""Reading category and severity from the words of a typed flag, without guessing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from bot.domain.catalogue import GOOD, GOOD_POINTS, POINTS
from bot.domain.flag_words import (
    CATEGORY_WORDS,
    COUNTED_WORDS,
    GOOD_WORDS,
    LEVEL_WORDS,
    ONE_OF_WORDS,
    SEVERITY_WORDS,
)

Named = TypeVar("Named", str, int)

LONGEST_VERDICT = 16
"""The most words that are looked at for category and severity, with what follows them."""

_AROUND = "\"“”„‟«»'‘’‚`()[],.:;!?-–—"
_LONGEST_PHRASE = 6
_NUMBER = re.compile(r"[(\[]?([1-9])[)\],.:;!]*")
_SET_APART = (",", ":", ";", ".", "!", ")", "]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A category and severity, as far as they are certain, and the number of words that both took together.

    A category alone takes none: its words stay part of what happened.
    """

    category: str | None = None
    severity: int | None = None
    length: int = 0


NOTHING_READ = Verdict()


def plain(word: str) -> str:
    """A word as it is compared: in lower case, without punctuation around it."""
    return word.casefold().strip(_AROUND)


@lru_cache(maxsize=256)
def category_phrases(categories: tuple[str, ...]) -> Mapping[str, str]:
    """Every phrase that names one of `categories` or "something good", with the key that it names."""
    named = (GOOD, *categories)
    phrases = {phrase: key for key in named for phrase in CATEGORY_WORDS.get(key, ())}
    return phrases | {name.casefold(): key for key in named for name in (key, key.replace("_", " "))}


def read_verdict(words: Sequence[str], phrases: Mapping[str, str]) -> Verdict:
    """The category and severity with which `words` begin: the category first, or a severity in words first."""
    category, length = _longest_phrase(words, phrases)
    if category is not None:
        return _severity_after(words, category, length, phrases)
    for is_good in (False, True):
        severity, length = _stated_severity(words, _severity_words(is_good))
        category, more = _longest_phrase(words[length:], phrases)
        if category is not None and (category == GOOD) is is_good and severity in _levels(category):
            return Verdict(category, severity, length + more)
    return NOTHING_READ


def _severity_after(words: Sequence[str], category: str, length: int, phrases: Mapping[str, str]) -> Verdict:
    known = _severity_words(category == GOOD)
    length += words[length : length + 1] in ([":"], ["-"], ["–"], ["—"])
    severity, more = _stated_severity(words[length:], known)
    if severity is None:
        severity, more = _lone_number(words[length:], known)
    if severity in _levels(category):
        return Verdict(category, severity, length + more)
    other, _ = _longest_phrase(words[length:], phrases)
    return Verdict(category) if other in (None, category) else NOTHING_READ


def _severity_words(is_good: bool) -> Mapping[str, int]:
    return GOOD_WORDS if is_good else SEVERITY_WORDS


def _levels(category: str) -> Mapping[int, int]:
    return GOOD_POINTS if category == GOOD else POINTS


def _stated_severity(words: Sequence[str], known: Mapping[str, int]) -> tuple[int | None, int]:
    """A severity in words, or in a number that is announced as one; and how many words it took."""
    severity, length = _longest_phrase(words, known)
    if severity is None and len(words) > 1 and plain(words[0]) in LEVEL_WORDS:
        number = _NUMBER.fullmatch(words[1])
        severity, length = (int(number[1]), 2) if number else (None, 0)
    return (None, 0) if _is_severity(words[length:], known) else (severity, length)


def _lone_number(words: Sequence[str], known: Mapping[str, int]) -> tuple[int | None, int]:
    """A number that can only be a severity, and does not count what comes after it."""
    number = _NUMBER.fullmatch(words[0]) if words else None
    if number is None or _counts(words) or _is_severity(words[1:], known):
        return None, 0
    return int(number[1]), 1


def _is_severity(words: Sequence[str], known: Mapping[str, int]) -> bool:
    """Whether a second severity follows, so that nobody can tell which one is meant."""
    if words and _NUMBER.fullmatch(words[0]):
        return not _counts(words)
    return _longest_phrase(words, known)[1] > 0


def _counts(words: Sequence[str]) -> bool:
    """Whether the number in front may say how many of the next word there are."""
    if len(words) < 2 or words[0].endswith(_SET_APART):
        return False
    bare = plain(words[1])
    if not bare:
        return len(words) > 2 and words[2][0].isdigit()
    if words[1] in COUNTED_WORDS or bare in COUNTED_WORDS:
        return True
    return bare in ONE_OF_WORDS if plain(words[0]) == "1" else bare.endswith("ingen")


def _longest_phrase(words: Sequence[str], known: Mapping[str, Named]) -> tuple[Named | None, int]:
    """What the longest phrase at the start of `words` names, and how many words it has."""
    for length in range(min(_LONGEST_PHRASE, len(words)), 0, -1):
        named = known.get(" ".join(map(plain, words[:length])))
        if named is not None:
            return named, length
    return None, 0
