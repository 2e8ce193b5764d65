"""Lists of words, written as plain text."""

from __future__ import annotations


def words_in(text: str) -> frozenset[str]:
    """The words of `text`, which white space separates."""
    return frozenset(text.split())
