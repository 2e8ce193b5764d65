"""A text as the wording rules read it: plain words, with what stands between them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

NOTHING, PAUSE, STOP = 0, 1, 2
"""What stands before a word: nothing but white space, a comma or the like, or the end of a sentence."""

MAX_LETTERS_OF_WORD = 60
"""A longer run of letters is no word that anybody looks up."""

_MARKS = re.compile("[\u0300-\u036f]+")
_PIECE = re.compile(
    r"(?P<word>[^\W_]+(?:[*#@$]+[^\W_]+)+|[^\W_]+(?:['’][^\W_]+)*)"
    r"|(?P<stop>[.!?…;\n]+)"
    r"|(?P<hyphen>(?<=[^\W_])-(?=[^\W_]))"
    r"|(?P<pause>[,–—()/:]|(?<=\s)-(?=\s))"
)
_QUOTATIONS = re.compile(
    r"\"[^\"\n]{1,300}\"|“[^“”\n]{1,300}”|„[^„“”\n]{1,300}[“”]|«[^«»\n]{1,300}»"
    r"|(?<![\w'’])['‘](?![stn]\b)(?=\w)[^\n\"“”]{1,120}?(?<=[\w.!?])['’](?!\w)"
)
_SHORT_TAILS = {"re": "are", "ve": "have", "ll": "will", "m": "am", "d": "would"}


class Text:
    """The words of a text in order; every list has an entry for each.

    `words` are in lower case, without accents, and in full (“didn’t” is “did” and “not”); `starts` and `ends` are
    where they stand in `source`; `gaps` says what stands before each; `quoted` whether it stands between quotation
    marks; `capital` whether it is written with a capital; `joined` whether a hyphen ties it to the word before.
    """

    __slots__ = ("capital", "ends", "gaps", "joined", "quoted", "source", "starts", "words")

    def __init__(self, source: str, read: Callable[[str, bool], Sequence[str]]) -> None:
        """`read` gives the words that one word stands for: it, and whether it may be a name."""
        self.source = source
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.gaps: list[int] = []
        self.capital: list[bool] = []
        self.joined: list[bool] = []
        gap, is_joined = STOP, False
        for piece in _PIECE.finditer(source):
            kind = piece.lastgroup
            if kind == "word":
                raw = piece[0]
                is_capital = raw[0].isupper()
                for part in read(folded(raw[:MAX_LETTERS_OF_WORD]), is_capital and gap != STOP):
                    self.words.append(part)
                    self.starts.append(piece.start())
                    self.ends.append(piece.end())
                    self.gaps.append(gap)
                    self.capital.append(is_capital)
                    self.joined.append(is_joined)
                    gap, is_joined = NOTHING, False
            elif kind == "hyphen":
                is_joined = True
            elif kind == "pause":
                gap = max(gap, PAUSE)
            elif not _is_within_number(source, piece):
                gap = STOP
        self.quoted = self._quoted()

    def _quoted(self) -> list[bool]:
        quoted = [False] * len(self.words)
        if any(mark in self.source for mark in "\"“„«'‘"):
            at = 0
            for span in _QUOTATIONS.finditer(self.source):
                while at < len(self.words) and self.starts[at] < span.start():
                    at += 1
                while at < len(self.words) and self.starts[at] < span.end():
                    quoted[at] = True
                    at += 1
        return quoted

    def sentences(self) -> list[int]:
        """For each word the number of its sentence."""
        number, numbers = -1, []
        for gap in self.gaps:
            number += gap == STOP
            numbers.append(number)
        return numbers


def _is_within_number(source: str, piece: re.Match[str]) -> bool:
    """Whether a stop stands between two figures, as in “17.55”."""
    before, after = source[max(0, piece.start() - 1) : piece.start()], source[piece.end() : piece.end() + 1]
    return before.isdigit() and after.isdigit()


def in_full(word: str, short_forms: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The words that a short form or a word with an apostrophe stands for; any other word alone."""
    if word in short_forms:
        return short_forms[word]
    if "'" not in word:
        return (word,)
    head, _, tail = word.rpartition("'")
    if tail == "t" and head.endswith("n") and len(head) > 2:
        return (head[:-1], "not")
    if tail in _SHORT_TAILS:
        return (head, _SHORT_TAILS[tail])
    return (head, "'s") if tail == "s" else (word,)


def folded(text: str) -> str:
    """`text` in lower case, without accents, with straight apostrophes."""
    lower = text.casefold().replace("’", "'")
    return lower if lower.isascii() else _MARKS.sub("", unicodedata.normalize("NFD", lower))
