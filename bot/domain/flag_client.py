"""The client that a typed flag names: in quotes, known, or new."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice, takewhile

from msgspec import Struct

from bot.domain.day_words import DAYS_IN, LONG_UNITS, MONTHS
from bot.domain.days import names_time
from bot.domain.flag_phrases import Words
from bot.domain.flag_words import NAME_PARTICLES, NO_NAME_WORDS, ORDINARY_WORDS
from bot.domain.known_names import KnownNames
from bot.domain.names import MAX_NAME_LENGTH, normalized, normalized_beginnings

MAX_NEW_NAME_WORDS = 3
_TIMES = MONTHS | DAYS_IN.keys() | LONG_UNITS
_MAX_UNQUOTED_LENGTH = MAX_NAME_LENGTH + 20
_TRADEMARKS = frozenset("™®©℠")
_AFTER_NAME = ",:; -–—"
_ALSO_IN_NAMES = "'‘`*_~"
_QUOTED = re.compile(rf"([\"“”„«'‘`*_~])\s*(?P<name>[^\n]{{1,{MAX_NAME_LENGTH}}}?)\s*[\"“”»'’`*_~](?=[\s:,;]|$)")
_POSSESSIVE = re.compile(r"(?:['’`]s|(?<=s)['’`])[,.:;]?$")


class Named(Struct, frozen=True):
    """A client's name as typed, with the word at which the text goes on after it; without an id it is a new one."""

    text: str
    client_id: int | None
    end: int
    is_quoted: bool = False
    is_sure: bool = True


def quoted_client(text: str, words: Words, at: int, known: KnownNames, *, only_known: bool = False) -> Named | None:
    """The name in quotes at `at`; an apostrophe may be part of a name instead."""
    if at >= len(words):
        return None
    start = words.places[at][0]
    found = _QUOTED.match(text, start)
    if found is None or (not any(map(str.isalnum, found["name"])) and not _has_symbol(found["name"])):
        return None
    client_id = known.find(found["name"])
    if client_id is None:
        client_id = known.get_loosely(normalized(found["name"]))
    if client_id is None and (found[1] in _ALSO_IN_NAMES or only_known):
        return None
    return Named(found["name"], client_id, _word_after(words, at, found.end()), is_quoted=True)


def _has_symbol(name: str) -> bool:
    return any(not char.isascii() and not char.isspace() for char in name)


def _word_after(words: Words, at: int, end: int) -> int:
    while at < len(words) and words.places[at][0] < end:
        at += 1
    return at


def known_client(text: str, words: Words, at: int, known: KnownNames) -> Named | None:
    """The longest known name at `at`, in any spelling, with accents left out, or as a possessive ("Acme's")."""
    if at >= len(words):
        return None
    start = words.places[at][0]
    ends = [end - start for _, end in islice(words.places, at, None)]
    beginning = text[start : start + _MAX_UNQUOTED_LENGTH + 1]
    whole = list(takewhile(lambda end: end <= _MAX_UNQUOTED_LENGTH, ends))
    longest: Named | None = None
    for count, (end, name) in enumerate(normalized_beginnings(beginning, whole, known.most_words), 1):
        typed = beginning[:end]
        client_id = known.get(name, typed)
        if client_id is None:
            client_id = known.get_loosely(name)
        if client_id is None and (owner := _POSSESSIVE.search(typed)):
            typed = typed[: owner.start()]
            client_id = known.find(typed)
        if client_id is not None:
            longest = Named(typed.strip('"“”„‟«»').rstrip(_AFTER_NAME), client_id, at + count)
    return longest


def client_further_on(text: str, words: Words, known: KnownNames, says_kind: Callable[[int], bool]) -> int | None:
    """Where a client is named of which a kind is said; else where the only one is that the text speaks of."""
    named: dict[int | None, int] = {}
    for at in range(1, len(words)):
        found = quoted_client(text, words, at, known, only_known=True) or known_client(text, words, at, known)
        if found is None:
            continue
        if says_kind(found.end):
            return at
        if any(map(str.isupper, found.text)):
            named.setdefault(found.client_id, at)
    return next(iter(named.values())) if len(named) == 1 else None


def new_name(text: str, words: Words, start: int, says_kind: Callable[[int], bool]) -> Named | None:
    """The few words from `start` up to a category, or a whole text of a few words, that can name a new client.

    Words that are no part of any name make it none; a name without a capital is not sure to be one.
    """
    for end in range(start + 1, min(start + MAX_NEW_NAME_WORDS + 1, len(words))):
        if says_kind(end):
            return _new_name(text, words, start, end)
    is_short = 0 < len(words) <= MAX_NEW_NAME_WORDS and len(text.strip()) <= MAX_NAME_LENGTH
    return (
        _new_name(text, words, start, len(words)) if is_short and start < len(words) and not says_kind(start) else None
    )


def _new_name(text: str, words: Words, start: int, stop: int) -> Named | None:
    begin, end = words.places[start][0], words.places[stop - 1][1]
    name = text[begin:end].strip('"“”„‟«»').rstrip(_AFTER_NAME)
    plain = words.plain[start:stop]
    if not any(map(str.isalnum, name)) and not _has_symbol(name):
        return None
    if not NO_NAME_WORDS.isdisjoint(set(plain) - NAME_PARTICLES) or NAME_PARTICLES.issuperset(plain):
        return None
    if any(names_time(plain, at) or word in _TIMES for at, word in enumerate(plain)):
        return None
    first = next(
        (word for word, folded in zip(words.typed[start:stop], plain, strict=True) if folded not in NAME_PARTICLES), ""
    )
    is_sure = not _starts_small(first) and not _is_marked(name) and ORDINARY_WORDS.isdisjoint(plain)
    return Named(name, None, stop, is_sure=is_sure)


def _is_marked(name: str) -> bool:
    """Whether a name has marks that names hardly have: of a person ("@Anna"), an address, a trademark."""
    return name[0] in "@#<>*_~/\\" or "://" in name or not _TRADEMARKS.isdisjoint(name)


def _starts_small(word: str) -> bool:
    """Whether a word is written like any other word: without a capital or a digit in it."""
    return not any(char.isupper() or char.isdigit() or not char.isascii() for char in word)
