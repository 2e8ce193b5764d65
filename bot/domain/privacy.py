"""What a client or a contact can ask of what is held about them, and why it is done."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import IntEnum, StrEnum


class ExportReason(StrEnum):
    """Why everything about somebody is gathered: they asked, or the law or a court does."""

    REQUEST = "request"
    LEGAL = "legal"


class ErasureReason(StrEnum):
    """Why everything about somebody is erased: they asked, they object, it was kept long enough, or it was wrong."""

    REQUEST = "request"
    OBJECTION = "objection"
    EXPIRED = "expired"
    MISTAKE = "mistake"


class Certainty(IntEnum):
    """Whether a text names a person: not at all, perhaps (somebody must look), or surely."""

    NONE = 0
    DOUBTFUL = 1
    CERTAIN = 2


_SUFFIXES = frozenset({"jr", "sr", "jun", "sen", "junior", "senior", "ii", "iii", "iv"})
_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "drs", "ir", "ing", "prof", "sir", "madam", "client", "contact", "director"}
) | {"dhr", "heer", "meneer", "mijnheer", "mw", "mevr", "mevrouw", "klant", "contactpersoon", "directeur"}
_SENTENCE_ENDS = ".!?:;,•–(“”\"‘’'"
_NEXT = re.compile(r"(?P<gap>[-‐‑]|[^\S\n]+)(?P<word>\w+)")
_PREVIOUS = re.compile(r"(?P<word>\w+\.?)(?P<gap>[-‐‑]|[^\S\n]+)$")


class MentionOf:
    """Finds a person's full name in text, in any case and across line breaks, as whole words.

    Where the name goes on (“Piet Jansen jr.”, “Jan de Boer-Smit”, “Jan Piet Jansen”) it may be somebody else's; where
    it does so as one of the `others`, whose names are known, it is. A name of a single word may always be another
    “Ann”, or no name at all (“in May”).
    """

    def __init__(self, name: str, others: Iterable[str] = ()) -> None:
        self._words = _composed(name).split()
        self._whole = _whole_words(self._words)
        self._longer = [
            _whole_words(words)
            for words in (_composed(other).split() for other in others)
            if len(words) > len(self._words) and self._whole.search(" ".join(words))
        ]
        parts = "|".join(re.escape(word) for word in self._words if len(word) >= MIN_PART_LENGTH)
        self._part = re.compile(rf"(?<!\w)(?:{parts})(?!\w)", re.IGNORECASE) if parts else None

    def certainty_in(self, text: str) -> Certainty:
        """Whether `text` names this person."""
        composed = _composed(text)
        return max((self._of(composed, match) for match in self._matches(composed)), default=Certainty.NONE)

    def is_in(self, text: str) -> bool:
        """Whether the full name stands in `text`, perhaps as a part of another's that nobody knows."""
        return self.certainty_in(text) is not Certainty.NONE

    def is_partly_in(self, text: str) -> bool:
        """Whether a word of the name stands in `text`, such as the first name alone; short words do not tell."""
        return self._part is not None and self._part.search(_composed(text)) is not None

    def replaced(self, text: str, instead: str) -> str:
        """`text` with `instead` wherever this person is named; a name that goes on as somebody else's stays.

        A name of a single word is replaced where it is spelled just so, as it can be another word otherwise.
        """
        composed = _composed(text)
        pieces, end = [], 0
        for match in self._matches(composed):
            pieces += [composed[end : match.start()], instead]
            end = match.end()
            if not self._is_surely(composed, match):
                pieces[-1] = match.group()
        return "".join([*pieces, composed[end:]]) if pieces else text

    def excerpt(self, text: str, around: int = 40) -> str:
        """The words around the first place in `text` where the name stands; empty where it does not."""
        composed = _composed(text)
        match = next(self._matches(composed), None)
        if match is None:
            return ""
        start, end = max(0, match.start() - around), match.end() + around
        return " ".join(f"{'…' * (start > 0)}{composed[start:end]}{'…' * (end < len(composed))}".split())

    def _matches(self, text: str) -> Iterator[re.Match[str]]:
        """Where the name stands, those places left out where it is part of a name that is known as another's."""
        of_others = [(found.start(), found.end()) for longer in self._longer for found in longer.finditer(text)]
        for match in self._whole.finditer(text):
            if not any(start <= match.start() and match.end() <= end for start, end in of_others):
                yield match

    def _of(self, text: str, match: re.Match[str]) -> Certainty:
        is_surely = len(self._words) > 1 and not self._is_part(text, match)
        return Certainty.CERTAIN if is_surely else Certainty.DOUBTFUL

    def _is_surely(self, text: str, match: re.Match[str]) -> bool:
        if self._is_part(text, match):
            return False
        return len(self._words) > 1 or match.group() == self._words[0]

    def _is_part(self, text: str, match: re.Match[str]) -> bool:
        """Whether the name seems to be part of a longer one; the name itself beside it makes it none."""
        around = [found for found in self._whole.finditer(text) if found.span() != match.span()]
        begins, ends = {found.start() for found in around}, {found.end() for found in around}
        return _goes_on(text, match, begins) or _began_before(text, match, ends)


def _whole_words(words: Sequence[str]) -> re.Pattern[str]:
    pattern = r"\s+".join(map(re.escape, words))
    return re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE)


def _goes_on(text: str, match: re.Match[str], begins: Collection[int]) -> bool:
    """Whether the name goes on after a match: with a hyphen, a suffix, or one more word in capitals."""
    following = _NEXT.match(text, match.end())
    if following is None or following.start("word") in begins:
        return False
    word = following["word"]
    is_shouted = match.group().isupper() and word.isupper()
    is_name = word[0].isupper() and not is_shouted
    return not following["gap"].isspace() or word.casefold() in _SUFFIXES or is_name


def _began_before(text: str, match: re.Match[str], ends: Collection[int]) -> bool:
    """Whether the name began before a match: with a hyphen, an initial, or a word in capitals amid a sentence."""
    previous = _PREVIOUS.search(text, 0, match.start())
    if previous is None or previous.end("word") in ends:
        return False
    word = previous["word"]
    if not previous["gap"].isspace():
        return True
    if word.rstrip(".").casefold() in _TITLES or (match.group().isupper() and word.isupper() and len(word) > 1):
        return False
    if not word[0].isupper():
        return False
    before = text[: previous.start()].rstrip()
    return len(word.rstrip(".")) == 1 or (before != "" and before[-1] not in _SENTENCE_ENDS)


MIN_PART_LENGTH = 3
"""A word of a name with fewer letters, such as "de", says nothing about anybody."""


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
