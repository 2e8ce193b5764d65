"""Words as they were meant: stretched, masked or with a slip of the fingers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import groupby

from bot.domain.wording.lexicon import lexicon
from bot.domain.wording.text import in_full

MIN_SLIP_LENGTH = 6
"""No shorter word of the lexicon is looked for behind a typing error: too many others are near it."""

MAX_READ_WORDS = 16_384
"""So many words are kept with what they were read as."""

_STRETCHED = re.compile(r"(\w)\1{2,}")
_MASK = re.compile(r"[*#@$]+")


@lru_cache(MAX_READ_WORDS)
def read_word(word: str, may_be_name: bool) -> tuple[str, ...]:
    """The words that `word` (folded) stands for; one that may be a name is taken as it is."""
    known = lexicon()
    if _MASK.search(word):
        return (_unmasked(word),)
    whole = in_full(word, known.short_forms)
    if len(whole) > 1 or whole[0] != word:
        return whole
    if word.isdigit() or word in known.vocabulary:
        return whole
    if "y" in word and word.replace("y", "ij") in known.vocabulary:
        return (word.replace("y", "ij"),)
    if _STRETCHED.search(word):
        return (_by_skeleton().get(_skeleton(word), word),)
    if may_be_name or len(word) < MIN_SLIP_LENGTH - 1 or word in known.real_words:
        return whole
    return (_nearest(word),)


def _nearest(word: str) -> str:
    """The one word of the lexicon that a single slip makes `word`; `word` itself for none and for several."""
    from rapidfuzz.distance import OSA

    groups = _by_first_letter()
    near = {
        meant
        for length in range(len(word) - 1, len(word) + 2)
        for meant in groups.get((word[0], length), ())
        if OSA.distance(word, meant, score_cutoff=1) <= 1
    }
    return min(near) if near else word


@cache
def _by_first_letter() -> Mapping[tuple[str, int], list[str]]:
    groups: dict[tuple[str, int], list[str]] = {}
    for word in sorted(lexicon().vocabulary):
        if len(word) >= MIN_SLIP_LENGTH:
            groups.setdefault((word[0], len(word)), []).append(word)
    return groups


@cache
def _by_skeleton() -> Mapping[str, str]:
    return {_skeleton(word): word for word in sorted(lexicon().vocabulary)}


def _skeleton(word: str) -> str:
    """`word` with each run of a letter as one."""
    return "".join(letter for letter, _ in groupby(word))


def _unmasked(word: str) -> str:
    """The word of the lexicon whose letters `word` shows around its masks; `word` itself for none."""
    shape = re.compile(r"\w{1,6}".join(map(re.escape, _MASK.split(word))))
    return next((known for known in sorted(lexicon().vocabulary) if shape.fullmatch(known)), word)
