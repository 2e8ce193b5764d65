"""What in a text is more than text: bold, code, quotes, people, places and links.

Sentences are plain strings in which every character stands for itself. What is more is marked with code points that
Unicode keeps for use inside a program (noncharacters from U+FDD0 on), so nobody who writes a sentence has to escape
anything. Each platform draws the marks in its own way; `without_marks` is for what draws none. Nothing from outside
may bring marks along: `unmarked` removes them at the edge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

BOLD, BOLD_END = "\ufdd0", "\ufdd1"
CODE, CODE_END = "\ufdd2", "\ufdd3"
SLANTED, SLANTED_END = "\ufdd4", "\ufdd5"
QUOTED_LINE = "\ufdd6"
"""Stands before each line of a quote."""
PERSON, PLACE, LINK = "\ufdd7", "\ufdd8", "\ufdd9"
LABEL, END = "\ufdda", "\ufddb"
"""`PERSON`, `PLACE` and `LINK` begin what `LABEL` and `END` divide: whom or what, and how it is called."""

MARKS = re.compile("[\ufdd0-\ufdef]")
_REFERENCE = re.compile(f"([{PERSON}{PLACE}{LINK}])([^{LABEL}{END}]*){LABEL}([^{END}]*){END}")
_UNWANTED = re.compile("[\0\ud800-\udfff\ufdd0-\ufdef]")
_NOTHING = dict.fromkeys([0, *range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0)])
_OURS = (
    (re.compile(r"\*([^*\n]+)\*"), f"{BOLD}\\1{BOLD_END}"),
    (re.compile(r"`([^`\n]+)`"), f"{CODE}\\1{CODE_END}"),
    (re.compile(r"(?<!\w)_((?:[^_\n]|(?<=\w)_(?=\w))+)_(?!\w)"), f"{SLANTED}\\1{SLANTED_END}"),
)


def unmarked(text: str) -> str:
    """Text from outside, without anything that could pass for a mark.

    Nor does it hold what no database takes and nobody can type: the null character, and one half of a surrogate pair.
    """
    return text.translate(_NOTHING) if _UNWANTED.search(text) else text


def without_marks(text: str) -> str:
    """The text alone, as it is said where nothing is drawn: people, places and links by what they are called."""
    return MARKS.sub("", _REFERENCE.sub(r"\3", text)) if MARKS.search(text) else text


def marked(sentence: str) -> str:
    """A sentence of ours with its `*bold*`, `_slanted_` and `` `code` `` as marks, before values are filled in."""
    for ours, mark in _OURS:
        sentence = ours.sub(mark, sentence)
    return sentence


def bold(text: str) -> str:
    """Emphasis."""
    return f"{BOLD}{text}{BOLD_END}"


def code(text: str) -> str:
    """Something to be copied or typed as it stands."""
    return f"{CODE}{text}{CODE_END}"


def quoted(text: str) -> str:
    """Somebody's own words, each line of them marked as a quote."""
    return "\n".join(f"{QUOTED_LINE}{line}" for line in text.split("\n"))


def person(person_id: int, otherwise: str) -> str:
    """Somebody by our id; `otherwise` is said where the platform does not know them."""
    return f"{PERSON}{person_id}{LABEL}{otherwise}{END}"


def place(place_id: int, otherwise: str) -> str:
    """A channel or chat by our id; `otherwise` as for a person."""
    return f"{PLACE}{place_id}{LABEL}{otherwise}{END}"


def link(url: str, label: str) -> str:
    """A link, shown as `label`."""
    return f"{LINK}{url}{LABEL}{label}{END}"


def people_in(text: str) -> Iterator[int]:
    """Our ids of the people whom a text mentions."""
    return _ids_in(text, PERSON)


def places_in(text: str) -> Iterator[int]:
    """Our ids of the places that a text names."""
    return _ids_in(text, PLACE)


def _ids_in(text: str, mark: str) -> Iterator[int]:
    if mark in text:
        yield from (int(found[2]) for found in _REFERENCE.finditer(text) if found[1] == mark and found[2].isdecimal())


def shorten(text: str, longest: int) -> str:
    """Text without marks within `longest` characters, with an ellipsis where something is left out."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def in_short(text: str, longest: int) -> str:
    """Typed text on one line, within `longest` characters."""
    return shorten(" ".join(text.split()), longest)
