"""Patterns of words, and where they stand in a text.

A pattern is written as words with spaces between them:

- `word`, or `this|that`: one of these words; `idiot*`: any word that begins so; `~steal`: any form of that word;
- `<name>`: one of the words of a list that has that name; `!<name>` or `!word`: any word but these;
- `(word)`: the word may be missing in the middle; `..`: up to three words, and no comma; `...`: up to eight words;
- `^` and `$`: the beginning and the end of a sentence.

No pattern reaches over the end of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.wording.text import NOTHING, PAUSE, STOP, Text

_Meaning = TypeVar("_Meaning")
_SHORT_GAP, _LONG_GAP = 3, 8
_BEGINNING = 3
"""By so many letters a word that may begin a `word*` is looked up; none of these is shorter."""


class PatternError(ValueError):
    """A pattern that cannot be read, with the reason."""


class Part(Struct, frozen=True):
    """One place of a pattern: the words that may stand there, or how many of any may be left out there.

    With `is_other` any word fits but these. `edge` is `^` or `$`.
    """

    words: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    is_optional: bool = False
    is_other: bool = False
    skip: int = 0
    crosses_pause: bool = True
    edge: str = ""

    def fits(self, word: str) -> bool:
        """Whether `word` may stand here."""
        known = word in self.words or (bool(self.beginnings) and word.startswith(self.beginnings))
        return known is not self.is_other

    @property
    def is_known(self) -> bool:
        """Whether it says which words may stand there."""
        return bool(self.words or self.beginnings) and not self.is_other

    @property
    def is_sure(self) -> bool:
        """Whether one of its words is there wherever the pattern is."""
        return self.is_known and not self.is_optional


def read_pattern(
    written: str, lists: Mapping[str, Part], forms: Mapping[str, Sequence[str]], common: frozenset[str] = frozenset()
) -> tuple[Part, ...]:
    """The parts of a pattern.

    What may be missing has to be there at its end, and at its beginning too where all that is sure is `common`: else
    it would tell nothing there. Raises `PatternError` for a list or a form that is not known.
    """
    parts = [_read_part(piece, lists, forms) for piece in written.split()]
    while parts and parts[-1].skip:
        parts.pop()
    parts[-1] = replace(parts[-1], is_optional=False)
    if all(part.words <= common for part in parts if part.is_sure):
        parts[0] = replace(parts[0], is_optional=False)
    return tuple(parts)


def _read_part(piece: str, lists: Mapping[str, Part], forms: Mapping[str, Sequence[str]]) -> Part:
    if piece in ("^", "$"):
        return Part(edge=piece)
    if piece in ("..", "..."):
        return Part(skip=_SHORT_GAP if piece == ".." else _LONG_GAP, crosses_pause=piece == "...")
    is_optional = piece.startswith("(") and piece.endswith(")")
    bare = piece[1:-1] if is_optional else piece
    is_other = bare.startswith("!")
    words: set[str] = set()
    beginnings: set[str] = set()
    for option in bare.removeprefix("!").split("|"):
        if option.startswith("<"):
            listed = lists.get(option[1:-1])
            if listed is None:
                raise PatternError(f"no list {option} in {piece}")
            words |= listed.words
            beginnings.update(listed.beginnings)
        elif option.startswith("~"):
            if option[1:] not in forms:
                raise PatternError(f"no forms of {option[1:]}")
            words.update(forms[option[1:]])
        elif option.endswith("*"):
            if len(option) <= _BEGINNING:
                raise PatternError(f"too short: {option}")
            beginnings.add(option[:-1])
        else:
            words.add(option)
    return Part(frozenset(words), tuple(sorted(beginnings)), is_optional, is_other)


class Found(Struct, Generic[_Meaning], frozen=True):
    """A pattern that stands in a text: its meaning, its first word and the place after its last."""

    meaning: _Meaning
    first: int
    after: int


class Patterns(Generic[_Meaning]):
    """Many patterns, found in a time that hardly depends on how many there are.

    Each is looked up by the rarest of its sure parts; `common` are words that are the last choice for that.
    """

    def __init__(
        self, patterns: Iterable[tuple[Sequence[Part], _Meaning]], common: frozenset[str] = frozenset()
    ) -> None:
        self._common = common
        self._by_word: dict[str, list[tuple[Sequence[Part], int, _Meaning]]] = {}
        self._by_beginning: dict[str, list[tuple[str, tuple[Sequence[Part], int, _Meaning]]]] = {}
        for parts, meaning in patterns:
            at = _rarest(parts, common)
            entry = (parts, at, meaning)
            for word in parts[at].words:
                self._by_word.setdefault(word, []).append(entry)
            for beginning in parts[at].beginnings:
                self._by_beginning.setdefault(beginning[:_BEGINNING], []).append((beginning, entry))

    def find(self, text: Text) -> Iterator[Found[_Meaning]]:
        """All that stand in `text`, by the place of the word by which they were looked up."""
        by_word, by_beginning = self._by_word, self._by_beginning
        for at, word in enumerate(text.words):
            entries = by_word.get(word)
            if entries is not None:
                yield from self._found(entries, text, at)
            starting = by_beginning.get(word[:_BEGINNING])
            if starting is not None:
                yield from self._found([entry for beginning, entry in starting if word.startswith(beginning)], text, at)

    def _found(
        self, entries: Iterable[tuple[Sequence[Part], int, _Meaning]], text: Text, at: int
    ) -> Iterator[Found[_Meaning]]:
        for parts, anchor, meaning in entries:
            first = _before(parts, anchor - 1, text, at)
            after = _after(parts, anchor + 1, text, at + 1) if first is not None else None
            if first is not None and after is not None and self._tells(parts, text, first, after):
                yield Found(meaning, first, after)

    def _tells(self, parts: Sequence[Part], text: Text, first: int, after: int) -> bool:
        """Whether a pattern stands there in full, or with more than one word and not with common ones alone."""
        if not any(part.is_optional for part in parts):
            return True
        return after - first > 1 and any(
            text.words[at] not in self._common and any(part.fits(text.words[at]) for part in parts if part.is_known)
            for at in range(first, after)
        )


def _rarest(parts: Sequence[Part], common: frozenset[str]) -> int:
    weights = {
        at: sum(1000 if word in common else 1 for word in part.words) + 2 * len(part.beginnings)
        for at, part in enumerate(parts)
        if part.is_sure
    }
    if not weights:
        raise PatternError("a pattern without a word that is always there")
    return min(weights, key=lambda at: weights[at])


def _before(parts: Sequence[Part], at: int, text: Text, first: int) -> int | None:
    """Where the parts up to `at` begin if they end right before word `first`, or `None`."""
    if at < 0:
        return first
    part = parts[at]
    if part.edge:
        return _before(parts, at - 1, text, first) if text.gaps[first] == STOP else None
    if part.skip:
        for skipped in range(part.skip + 1):
            place = first - skipped
            found = _before(parts, at - 1, text, place)
            if found is not None:
                return found
            if not place or text.gaps[place] > (PAUSE if part.crosses_pause else NOTHING):
                return None
        return None
    if first and text.gaps[first] < STOP and part.fits(text.words[first - 1]):
        found = _before(parts, at - 1, text, first - 1)
        if found is not None:
            return found
    return _before(parts, at - 1, text, first) if part.is_optional else None


def _after(parts: Sequence[Part], at: int, text: Text, after: int) -> int | None:
    """The place after the parts from `at` on if they begin with word `after`, or `None`."""
    if at == len(parts):
        return after
    part = parts[at]
    ends = after == len(text.words) or text.gaps[after] == STOP
    if part.edge:
        return _after(parts, at + 1, text, after) if ends else None
    if part.skip:
        for skipped in range(part.skip + 1):
            place = after + skipped
            found = _after(parts, at + 1, text, place)
            if found is not None:
                return found
            if place >= len(text.words) or text.gaps[place] > (PAUSE if part.crosses_pause else NOTHING):
                return None
        return None
    if not ends and part.fits(text.words[after]):
        found = _after(parts, at + 1, text, after + 1)
        if found is not None:
            return found
    return _after(parts, at + 1, text, after) if part.is_optional else None
