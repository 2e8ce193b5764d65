"""Typed text in short, and many lines in few paragraphs.

A message has a limit for all its texts together, and the signs that a platform writes out count as what they become:
`&` as five. Here they are counted so, as a builder cannot see what becomes of a text.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable
from itertools import accumulate

from handlers.surface.message import Paragraph

MAX_PARAGRAPH_LENGTH = 3000
"""What every platform draws in one paragraph."""

_WRITTEN_OUT = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def written_length(text: str) -> int:
    """How long a text becomes at most."""
    return len(text) + sum(text.count(sign) * (len(entity) - 1) for sign, entity in _WRITTEN_OUT.items())


def in_brief(text: str, longest: int) -> str:
    """Typed text on one line, such that it takes at most `longest` characters written out."""
    line = " ".join(text.split())
    if written_length(line) <= longest:
        return line
    lengths = list(accumulate(map(written_length, line)))
    return f"{line[: bisect(lengths, longest - 1)]}…"


def paragraphs(lines: Iterable[str]) -> list[Paragraph]:
    """Lines as as few paragraphs as they fit in; no line is torn apart."""
    packed: list[str] = []
    for line in lines:
        if packed and written_length(f"{packed[-1]}\n{line}") <= MAX_PARAGRAPH_LENGTH:
            packed[-1] += f"\n{line}"
        else:
            packed.append(line)
    return [Paragraph(text) for text in packed]
