"""Friendly hints about the wording of a flag: what reads as insult, guess or accusation, or is nobody's business.

A hint never blocks anything. The words stand in `bot.domain.wording_words` and `bot.domain.wording_phrases`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache

from bot.domain.wording_phrases import HARMLESS, PHRASES
from bot.domain.wording_words import WORDS


class Hint(StrEnum):
    """What a text seems to hold that a flag is better without."""

    INSULT = "insult"
    GUESS = "guess"
    CRIME = "crime"
    HEALTH = "health"
    FAITH = "faith"
    ORIGIN = "origin"
    POLITICS = "politics"
    UNION = "union"
    SEX_LIFE = "sex_life"


_Read = tuple[int, frozenset["Hint | None"]]
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_MIN_LETTERS = 3
"""No word with which an entry of the lists begins and that ends in `*` is shorter."""
_MARKS = re.compile("[\u0300-\u036f]+")
_QUOTATION = re.compile(r"\"[^\"\n]{1,300}\"|“[^“”\n]{1,300}”|„[^„“”\n]{1,300}[“”]")


def hints(text: str) -> tuple[Hint, ...]:
    """The hints that `text` gives rise to, each once, in the order of `Hint`.

    An insult between quotation marks is what somebody else said: a fact, so no hint. Any text will do; the time
    taken grows with its length alone.
    """
    found = _found(text)
    if not found:
        return ()
    if Hint.INSULT in found:
        unquoted = _QUOTATION.sub(" ", text)
        if unquoted != text and Hint.INSULT not in _found(unquoted):
            found.discard(Hint.INSULT)
    return tuple(hint for hint in Hint if hint in found)


@cache
def _with(hints: frozenset[Hint | None], hint: Hint | None) -> frozenset[Hint | None]:
    """`hints` and `hint`: the very same set for all places that come to the same."""
    return hints | {hint}


class _Place:
    """Where a reader of a list stands after some words: what these come to, and which words may follow.

    All words that may stand in one place of a phrase share what follows them, until another phrase tells them apart:
    each with places of its own would be thousands, and take more memory than the words themselves.
    """

    __slots__ = ("by_beginning", "by_word", "hints", "is_shared")

    def __init__(self) -> None:
        self.hints: frozenset[Hint | None] = frozenset()
        self.by_word: dict[str, _Place] | None = None
        self.by_beginning: dict[str, _Place] | None = None
        self.is_shared = False

    def add(self, phrase: Sequence[str], hint: Hint | None) -> None:
        """Make `phrase`, a pattern for each word, come to `hint`."""
        if not phrase:
            self.hints = _with(self.hints, hint)
            return
        fresh: _Place | None = None
        for option in phrase[0].split("|"):
            word = option.removesuffix("*")
            follows = self._words() if word == option else self._beginnings()
            if word in follows:
                follows[word] = follows[word].own()
                follows[word].add(phrase[1:], hint)
            elif fresh is None:
                fresh = follows[word] = _Place()
                fresh.add(phrase[1:], hint)
            else:
                follows[word] = fresh
                fresh.is_shared = True

    def own(self) -> _Place:
        """This place, or one that reads the same where others share it: what follows is shared from then on."""
        if not self.is_shared:
            return self
        copy = _Place()
        copy.hints = self.hints
        copy.by_word = dict(self.by_word) if self.by_word else None
        copy.by_beginning = dict(self.by_beginning) if self.by_beginning else None
        for follows in (self.by_word, self.by_beginning):
            for place in (follows or {}).values():
                place.is_shared = True
        return copy

    def _words(self) -> dict[str, _Place]:
        if self.by_word is None:
            self.by_word = {}
        return self.by_word

    def _beginnings(self) -> dict[str, _Place]:
        if self.by_beginning is None:
            self.by_beginning = {}
        return self.by_beginning

    def read(self, words: Sequence[str], at: int, read: list[_Read]) -> None:
        """Add to `read` all that is complete here, or becomes so with the words from `at`; the last one is empty."""
        if self.hints:
            read.append((at, self.hints))
        word = words[at]
        if self.by_word and word in self.by_word:
            self.by_word[word].read(words, at + 1, read)
        if self.by_beginning:
            for beginning, place in self.by_beginning.items():
                if word.startswith(beginning):
                    place.read(words, at + 1, read)


class _Lexicon:
    """Phrases and what they come to, read in a time that does not depend on how many there are."""

    def __init__(self, phrases: Iterable[tuple[str, Hint | None]]) -> None:
        start = _Place()
        for phrase, hint in phrases:
            start.add(phrase.split(), hint)
        self._by_word = start.by_word or {}
        self._by_beginning = start.by_beginning or {}
        self._beginnings = sorted(self._by_beginning)
        self._first_letters = {beginning[:_MIN_LETTERS] for beginning in self._beginnings}

    def reads(self, words: Sequence[str]) -> Iterator[tuple[int, int, frozenset[Hint | None]]]:
        """Where in `words` a phrase begins, the place after it, and its hints; the last word is empty."""
        for at, word in enumerate(words):
            is_known, may_begin = word in self._by_word, word[:_MIN_LETTERS] in self._first_letters
            if not (is_known or may_begin):
                continue
            read: list[_Read] = []
            if is_known:
                self._by_word[word].read(words, at + 1, read)
            if may_begin:
                # No beginning is part of another, so the one of `word` sorts right before it.
                beginning = self._beginnings[max(0, bisect_right(self._beginnings, word) - 1)]
                if word.startswith(beginning):
                    self._by_beginning[beginning].read(words, at + 1, read)
            for end, hints in read:
                yield at, end, hints


@cache
def _telling() -> _Lexicon:
    words = [(word, Hint(key)) for key, words in WORDS.items() for word in words.split()]
    return _Lexicon(words + [(phrase, Hint(key)) for key, phrases in PHRASES.items() for phrase in phrases])


@cache
def _harmless() -> _Lexicon:
    return _Lexicon((phrase, None) for phrase in HARMLESS)


def _found(text: str) -> set[Hint]:
    words = [*_WORD.findall(_folded(text)), ""]
    # What is harmless takes away from what is found and adds nothing, so most texts need not be searched for it.
    return _told_by(_without_harmless(words)) if _told_by(words) else set()


def _told_by(words: Sequence[str]) -> set[Hint]:
    return {hint for _, _, hints_read in _telling().reads(words) for hint in hints_read if hint}


def _without_harmless(words: list[str]) -> list[str]:
    """`words` with an empty one for each that belongs to a harmless phrase."""
    left = list(words)
    for at, end, _ in _harmless().reads(words):
        left[at:end] = [""] * (end - at)
    return left


def _folded(text: str) -> str:
    """`text` in lower case, without accents, with straight apostrophes."""
    lower = text.casefold().replace("’", "'")
    return lower if lower.isascii() else _MARKS.sub("", unicodedata.normalize("NFD", lower))
