"""Reading category and severity from the words of a typed flag, without guessing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

from msgspec import Struct

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

MAX_VERDICT_LENGTH = 16
"""The most words that are looked at for category and severity, with what follows them."""

_AROUND = "\"“”„‟«»'‘’‚`()[],.:;!?-–—"
_MAX_PHRASE_LENGTH = 6
_NUMBER = re.compile(r"[(\[]?([1-9])[)\],.:;!]*")
_SET_APART = (",", ":", ";", ".", "!", ")", "]")


class Verdict(Struct, frozen=True):
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


class Words(Struct, frozen=True):
    """The words of a text as typed, and each as it is compared, made once since many phrases look at them."""

    typed: Sequence[str]
    plain: Sequence[str]

    @classmethod
    def of(cls, typed: Sequence[str]) -> Words:
        """The words as typed, which is all there is to know."""
        return cls(typed, [word.strip(_AROUND) for word in " ".join(typed).casefold().split(" ")] if typed else [])


class Phrases(Generic[Named]):
    """Phrases in plain words and what each names, found by the words with which a text goes on."""

    def __init__(self, named: Mapping[str, Named]) -> None:
        self.named: Mapping[str, Named] = named
        self._longest: dict[str, int] = {}
        for phrase in named:
            words = phrase.split(" ")
            self._longest[words[0]] = max(len(words), self._longest.get(words[0], 0))

    def longest(self, words: Words, at: int) -> tuple[Named | None, int]:
        """What the longest phrase at `at` names, and how many words it has."""
        left = len(words.plain) - at
        most = self._longest.get(words.plain[at], 0) if left > 0 else 0
        for length in range(min(most, left, _MAX_PHRASE_LENGTH), 0, -1):
            named = self.named.get(" ".join(words.plain[at : at + length]))
            if named is not None:
                return named, length
        return None, 0


_SEVERITIES = Phrases(SEVERITY_WORDS)
_SIZES_OF_GOOD = Phrases(GOOD_WORDS)


@lru_cache(maxsize=256)
def category_phrases(categories: tuple[str, ...]) -> Phrases[str]:
    """Every phrase that names one of `categories` or "something good", with the key that it names."""
    named = (GOOD, *categories)
    phrases = {phrase: key for key in named for phrase in CATEGORY_WORDS.get(key, ())}
    return Phrases(phrases | {name.casefold(): key for key in named for name in (key, key.replace("_", " "))})


def read_verdict(words: Words, phrases: Phrases[str]) -> Verdict:
    """The category and severity with which `words` begin: the category first, or a severity in words first."""
    category, length = phrases.longest(words, 0)
    if category is not None:
        return _severity_after(words, category, length, phrases)
    for is_good in (False, True):
        severity, length = _stated_severity(words, 0, _severities(is_good))
        category, more = phrases.longest(words, length)
        if category is not None and (category == GOOD) is is_good and severity in _levels(category):
            return Verdict(category, severity, length + more)
    return NOTHING_READ


def _severity_after(words: Words, category: str, length: int, phrases: Phrases[str]) -> Verdict:
    known = _severities(category == GOOD)
    length += words.typed[length : length + 1] in ([":"], ["-"], ["–"], ["—"])
    severity, more = _stated_severity(words, length, known)
    if severity is None:
        severity, more = _lone_number(words, length, known)
    if severity in _levels(category):
        return Verdict(category, severity, length + more)
    other, _ = phrases.longest(words, length)
    return Verdict(category) if other in (None, category) else NOTHING_READ


def _severities(is_good: bool) -> Phrases[int]:
    return _SIZES_OF_GOOD if is_good else _SEVERITIES


def _levels(category: str) -> Mapping[int, int]:
    return GOOD_POINTS if category == GOOD else POINTS


def _stated_severity(words: Words, at: int, known: Phrases[int]) -> tuple[int | None, int]:
    """A severity in words, or in a number that is announced as one; and how many words it took."""
    severity, length = known.longest(words, at)
    if severity is None and len(words.plain) > at + 1 and words.plain[at] in LEVEL_WORDS:
        number = _NUMBER.fullmatch(words.typed[at + 1])
        severity, length = (int(number[1]), 2) if number else (None, 0)
    return (None, 0) if _is_severity(words, at + length, known) else (severity, length)


def _lone_number(words: Words, at: int, known: Phrases[int]) -> tuple[int | None, int]:
    """A number that can only be a severity, and does not count what comes after it."""
    number = _number(words, at)
    if number is None or _counts(words, at) or _is_severity(words, at + 1, known):
        return None, 0
    return int(number[1]), 1


def _is_severity(words: Words, at: int, known: Phrases[int]) -> bool:
    """Whether a second severity follows, so that nobody can tell which one is meant."""
    if _number(words, at):
        return not _counts(words, at)
    return known.longest(words, at)[1] > 0


def _number(words: Words, at: int) -> re.Match[str] | None:
    return _NUMBER.fullmatch(words.typed[at]) if at < len(words.typed) else None


def _counts(words: Words, at: int) -> bool:
    """Whether the number at `at` may say how many of the next word there are."""
    if len(words.typed) < at + 2 or words.typed[at].endswith(_SET_APART):
        return False
    bare = words.plain[at + 1]
    if not bare:
        return len(words.typed) > at + 2 and words.typed[at + 2][0].isdigit()
    if words.typed[at + 1] in COUNTED_WORDS or bare in COUNTED_WORDS:
        return True
    return bare in ONE_OF_WORDS if words.plain[at] == "1" else bare.endswith("ingen")
