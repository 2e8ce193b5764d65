"""The words of a typed flag as they are compared, and the phrases in them that name something."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Generic, TypeVar

from msgspec import Struct

from bot.domain.catalogue import GOOD
from bot.domain.category_words import CATEGORY_WORDS
from bot.domain.days import plain_words
from bot.domain.flag_words import GOOD_WORDS, SEVERITY_WORDS

Named = TypeVar("Named", str, int)

MIN_SLIP_LENGTH = 6
"""Below this length of a category's word, a slip makes another word."""

_MAX_PHRASE_LENGTH = 6
_WORD = re.compile(r"(?:[^\s,;:|=(]+|(?!(?<=\w)\(\d)\(|(?<=\d)[,:](?=\d)|:(?=//))+[,;:|=]*|[^\s]")
"""White space, and punctuation between words that nobody put a space after: "late,2,invoice", "late(2)"."""
_DIGIT_GLUED_ON = re.compile(r"([^\W\d_]{4,})([1-4])([)\],.:;!]*)")


class Words(Struct, frozen=True):
    """Words as typed, each as it is compared, and where it begins and ends in the text."""

    typed: Sequence[str]
    plain: Sequence[str]
    places: Sequence[tuple[int, int]]

    @classmethod
    def of(cls, text: str, most: int) -> Words:
        """The first `most` words of a text; what follows them is none of them."""
        found = list(islice(_WORD.finditer(text), most))
        typed = [word[0] for word in found]
        return cls(typed, plain_words(typed), [word.span() for word in found])

    def apart(self, at: int) -> Words:
        """These words with the digit that is glued to the one at `at` as a word of its own: "wanbetaling2"."""
        glued = _DIGIT_GLUED_ON.fullmatch(self.typed[at])
        if glued is None:
            return self
        start, end = self.places[at]
        middle = start + len(glued[1])
        typed = [*self.typed[:at], glued[1], glued[2] + glued[3], *self.typed[at + 1 :]]
        return Words(
            typed, plain_words(typed), [*self.places[:at], (start, middle), (middle, end), *self.places[at + 1 :]]
        )

    def is_number(self, at: int) -> bool:
        """Whether the word at `at` begins with a digit, perhaps behind a sign: "17", "€45", "#3"."""
        return at < len(self.typed) and self.typed[at].lstrip("#€$£(-+nr.")[:1].isdigit()

    def __len__(self) -> int:
        return len(self.typed)


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

    def nearly(self, word: str) -> Named | None:
        """What a phrase of one word names that a single slip makes `word`; `None` for none and for several."""
        if len(word) < MIN_SLIP_LENGTH - 1:
            return None
        from rapidfuzz.distance import OSA

        near = {
            named
            for phrase, named in self.named.items()
            if len(phrase) >= MIN_SLIP_LENGTH and OSA.distance(word, phrase, score_cutoff=1) <= 1
        }
        return near.pop() if len(near) == 1 else None


SEVERITIES = Phrases(SEVERITY_WORDS)
SIZES_OF_GOOD = Phrases(GOOD_WORDS)


@lru_cache(maxsize=256)
def category_phrases(categories: tuple[str, ...]) -> Phrases[str]:
    """Every phrase that names one of `categories` or "something good", with the key that it names."""
    named = (GOOD, *categories)
    phrases = {phrase: key for key in named for phrase in CATEGORY_WORDS.get(key, ())}
    return Phrases(phrases | {name.casefold(): key for key in named for name in (key, key.replace("_", " "))})
