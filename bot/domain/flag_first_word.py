"""First words of what is typed as a flag that ask for something else, in Dutch and English."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Word(StrEnum):
    """What a first word asks for; `FLAG` is everything else."""

    FLAG = "flag"
    HELP = "help"
    DISCUSS = "discuss"
    LEFT = "left"


_WORDS = {
    "help": Word.HELP,
    "hulp": Word.HELP,
    "discuss": Word.DISCUSS,
    "bespreken": Word.DISCUSS,
    "bespreek": Word.DISCUSS,
    "left": Word.LEFT,
    "vertrokken": Word.LEFT,
}

_QUOTES = {'"': '"', "“": "”", "„": "”", "”": "”", "«": "»", "'": "'", "‘": "’"}


def first_word(text: str, known_client: Callable[[str], int | None]) -> tuple[Word, str]:
    """What the first word of `text` asks for, and the name after it, without its quotes.

    Help is asked for by that word alone. The others take a name: where the word and what follows are the name of a
    known client, or begin it, and what follows alone is not, it is a flag on that client.
    """
    head, _, tail = text.strip().partition(" ")
    word = _WORDS.get(head.casefold(), Word.FLAG)
    name = _unquoted(tail.strip())
    if word is Word.HELP:
        return (Word.FLAG, "") if name else (word, "")
    if word is Word.FLAG or not name:
        return Word.HELP if word is not Word.FLAG else word, ""
    if known_client(name) is None and _begins_with_client(head, tail, known_client):
        return Word.FLAG, ""
    return word, name


def _begins_with_client(head: str, tail: str, known_client: Callable[[str], int | None]) -> bool:
    """Whether the text starts with a client's name of which `head` is the first word."""
    words = tail.split()
    return any(known_client(" ".join([head, *words[:count]])) is not None for count in range(min(len(words), 12) + 1))


def _unquoted(name: str) -> str:
    if len(name) >= 2 and _QUOTES.get(name[0]) == name[-1]:
        return name[1:-1].strip()
    return name
