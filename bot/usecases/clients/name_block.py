"""A few thousand names, laid out so that several kinds of search over them are fast.

A block never changes: `with_name` and `without_name` make another one, so a search that pauses halfway keeps
seeing what it began with.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from msgspec import Struct

from bot.domain.names import LEGAL_FORMS, normalized, without_accents

BLOCK_LENGTH = 8192
"""The most names in a block: going over one block holds the event loop for a few milliseconds at most."""

MAX_SLIPS = 20
LONG_NAME = 8

_ARTICLES = frozenset({"de", "het", "een", "t", "the", "a", "an", "la", "le", "les", "der", "die", "das", "el", "los"})
_AND = frozenset({"&", "and", "en", "und", "et"})
_FORMS_IN_FRONT = frozenset({"stichting", "vereniging", "cooperatie", "cooperatief", "ua", "firma", "maatschap", "cv"})
_UNTELLING = _ARTICLES | _AND | _FORMS_IN_FRONT | {form[0] for form in LEGAL_FORMS if len(form) == 1}
_DOMAIN = re.compile(r"(?<=\w)\.(?:com|nl|be|de|eu|org|net|io|co\.uk)\b", re.IGNORECASE)

_AFTER_ANY = "\U0010ffff"


class IndexedName(Struct, frozen=True):
    """A name or alias that finds a client; `shown` is the client's own name."""

    client_id: int
    name: str
    shown: str


def search_form(text: str) -> str:
    """What is compared: the normalized name without accents; empty when nothing is left to compare."""
    return " ".join(without_accents(normalized(text)).split())


def telling_words(name: str) -> tuple[str, ...]:
    """The words by which a name is told apart, in the order of the alphabet: without articles, "and" and legal forms.

    "Utrecht, Gemeente" and "Gemeente Utrecht" share them. Empty where a name has none.
    """
    words = search_form(_DOMAIN.sub("", name)).split()
    return tuple(sorted(word for word in words if word not in _UNTELLING))


class Block:
    """Names in the order of their search forms; positions in it count from 0."""

    def __init__(self, forms: Sequence[str], entries: Sequence[IndexedName]) -> None:
        self.forms = forms
        self.entries = entries

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, IndexedName]]) -> Block:
        """A block of search forms and what they belong to, in any order; at least one."""
        ordered = sorted(pairs, key=lambda pair: pair[0])
        # Strings made one after another lie side by side in memory: going over them takes a quarter of the time.
        forms = "\n".join(form for form, _ in ordered).split("\n")
        return cls(forms, [entry for _, entry in ordered])

    def __len__(self) -> int:
        return len(self.forms)

    def with_name(self, form: str, entry: IndexedName) -> Block:
        """This block and one more name."""
        at = bisect_right(self.forms, form)
        return Block([*self.forms[:at], form, *self.forms[at:]], [*self.entries[:at], entry, *self.entries[at:]])

    def without_name(self, form: str, entry: IndexedName) -> Block:
        """This block without `entry`, or itself when it is not in there."""
        for at in self.equal_to(form):
            if self.entries[at] == entry:
                return Block([*self.forms[:at], *self.forms[at + 1 :]], [*self.entries[:at], *self.entries[at + 1 :]])
        return self

    def starting_with(self, query: str) -> range:
        """The positions of the names that start with `query`."""
        return range(bisect_left(self.forms, query), bisect_right(self.forms, query + _AFTER_ANY))

    def equal_to(self, form: str) -> range:
        """The positions of the names that are exactly `form`."""
        return range(bisect_left(self.forms, form), bisect_right(self.forms, form))

    def holds(self, query: str) -> bool:
        """Whether any name holds `query` anywhere: quickly told, also where very many do."""
        return query in self._text

    def containing(self, query: str) -> Iterator[int]:
        """The positions of the names that hold `query` anywhere."""
        found = self._text.find(query)
        while found >= 0:
            at = bisect_right(self._starts, found) - 1
            yield at
            found = self._text.find(query, self._starts[at + 1]) if at + 1 < len(self._starts) else -1

    def close_to(self, query: str, cutoff: float, limit: int) -> list[tuple[int, float]]:
        """Positions and likeness (`cutoff` to 100) of the names that are nearly `query`, best first."""
        return _nearest(query, self.forms, cutoff, limit)

    def slips_from(self, query: str) -> list[int]:
        """The positions of the names that a slip would make `query`: a letter too many, too few, another or swapped.

        In longer names it may be two slips.
        """
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        slips = 1 if len(query) < LONG_NAME else 2
        found = extract(query, self.forms, scorer=OSA.distance, processor=None, score_cutoff=slips, limit=MAX_SLIPS)
        return [at for _, _, at in found]

    def beginning_close_to(self, query: str, cutoff: float, limit: int) -> list[tuple[int, float]]:
        """Like `close_to`, for the beginnings of names that share the first letter with `query`."""
        near = self.starting_with(query[:1])
        beginnings = [form[: len(query)] for form in self.forms[near.start : near.stop]]
        return [(near.start + at, likeness) for at, likeness in _nearest(query, beginnings, cutoff, limit)]

    @cached_property
    def _text(self) -> str:
        return "\n".join(self.forms)

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(form) + 1 for form in self.forms[:-1]), initial=0))


def _nearest(query: str, forms: Sequence[str], cutoff: float, limit: int) -> list[tuple[int, float]]:
    # It takes 3 MB and is only needed once somebody makes a slip: most names are known or typed from their beginning.
    from rapidfuzz.fuzz import QRatio
    from rapidfuzz.process import extract

    found = extract(query, forms, scorer=QRatio, processor=None, score_cutoff=cutoff, limit=limit)
    return [(at, likeness) for _, likeness, at in found]
