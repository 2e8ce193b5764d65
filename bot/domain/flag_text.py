"""Reading a flag from one line of text, such as `Acme late 3 invoice 2024-17 still open after 45 days`.

The order is: the client, the category and the severity, then what happened. Dutch and English may be mixed. Nothing
is guessed: what has two readings is left for the person to fill in, and stays in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice, takewhile

from msgspec import Struct

from bot.domain.flag_verdict import (
    MAX_VERDICT_LENGTH,
    NOTHING_READ,
    Phrases,
    Verdict,
    Words,
    category_phrases,
    plain,
    read_verdict,
)
from bot.domain.flag_words import TODAY_WORDS
from bot.domain.known_names import KnownNames
from bot.domain.names import MAX_NAME_LENGTH, normalized_beginnings

_WORD = re.compile(r"\S+")
_QUOTED = re.compile(rf"\s*([\"“”„«'‘`])\s*(?P<name>[^\n]{{1,{MAX_NAME_LENGTH}}}?)\s*[\"“”»'’`](?=[\s:,;]|$)")
_APOSTROPHES = "'‘`"
_SEPARATORS = re.compile(r"(?:[\s,:;]|[-–—](?=\s))*")
_AFTER_NAME = ",:; -–—"
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

_WORDS_READ = 40
_MAX_UNQUOTED_LENGTH = MAX_NAME_LENGTH + 20
_UNKNOWN_NAME_WORDS = 3


class ParsedFlagText(Struct, frozen=True):
    """What could be read from a typed flag.

    `client_text` is the client's name as typed, known or not; `rest` is what was not understood, as typed, from the
    first such word to the end. `complete` means that a client is named, that category and severity are certain, and
    that something is left that happened. `happened_on` is the day with which `rest` begins, if it does.
    """

    client_text: str
    client_id: int | None
    category: str | None
    severity: int | None
    rest: str
    complete: bool
    happened_on: date | None = None


class _Name(Struct, frozen=True):
    """A client's name as typed, and where the text goes on after it."""

    text: str
    client_id: int | None
    end: int


def parse_flag_text(text: str, known: KnownNames, categories: Sequence[str], today: date) -> ParsedFlagText:
    """Read `text`; `categories` are those in use.

    "Something good" is always understood. Any text will do; the time taken grows with its length alone.
    """
    phrases = category_phrases(tuple(categories))
    name = _known_client(text, known) or _unknown_name(text, phrases)
    after, verdict = _verdict_after(text, name.end, phrases) if name.text else (name.end, NOTHING_READ)
    rest = text[after:].rstrip()
    day, day_is_clear = _day(rest, today)
    return ParsedFlagText(
        client_text=name.text,
        client_id=name.client_id,
        category=verdict.category,
        severity=verdict.severity,
        rest=rest,
        complete=verdict.severity is not None and day_is_clear and any(map(str.isalnum, rest)),
        happened_on=day,
    )


def _known_client(text: str, known: KnownNames) -> _Name | None:
    """The name at the start: the one in quotes, else the longest that is known; an apostrophe may be part of it."""
    quoted = _QUOTED.match(text)
    if quoted is None:
        return _longest_known(text, known)
    name = _Name(quoted["name"], known.find(quoted["name"]), quoted.end())
    if quoted[1] in _APOSTROPHES and name.client_id is None:
        return _longest_known(text, known) or name
    return name


def _longest_known(text: str, known: KnownNames) -> _Name | None:
    start = len(text) - len(text.lstrip())
    beginning = text[start : start + _MAX_UNQUOTED_LENGTH + 1]
    ends = (word.end() for word in islice(_WORD.finditer(beginning), _WORDS_READ))
    whole = takewhile(lambda end: end <= _MAX_UNQUOTED_LENGTH, ends)
    longest: _Name | None = None
    for end, name in normalized_beginnings(beginning, whole, known.most_words):
        client_id = known.get(name, beginning[:end])
        if client_id is not None:
            longest = _Name(beginning[:end].rstrip(_AFTER_NAME), client_id, start + end)
    return longest


def _unknown_name(text: str, phrases: Phrases[str]) -> _Name:
    """The few words before a clear category and severity, or a whole text that can be a name; else nothing."""
    words = _words(text, 0)
    for word in words[1 : _UNKNOWN_NAME_WORDS + 1]:
        _, verdict = _verdict_after(text, word.start(), phrases)
        if verdict.severity is not None:
            return _Name(text[: word.start()].strip().rstrip(_AFTER_NAME), None, word.start())
    names_category = _verdict_after(text, 0, phrases)[1].category is not None
    if not names_category and len(words) <= _UNKNOWN_NAME_WORDS and len(text.strip()) <= MAX_NAME_LENGTH:
        return _Name(text.strip(), None, len(text))
    return _Name("", None, len(text) - len(text.lstrip()))


def _verdict_after(text: str, start: int, phrases: Phrases[str]) -> tuple[int, Verdict]:
    """Where the text goes on after its category and severity, and what they are."""
    begin = _skipped(text, start)
    # The words of the pattern are what `split` splits into, which is several times as fast; places take the pattern.
    verdict = read_verdict(Words.of(text[begin:].split(None, MAX_VERDICT_LENGTH)[:MAX_VERDICT_LENGTH]), phrases)
    if not verdict.length:
        return begin, verdict
    last = next(islice(_WORD.finditer(text, begin), verdict.length - 1, None))
    return _skipped(text, last.end()), verdict


def _words(text: str, start: int) -> list[re.Match[str]]:
    return list(islice(_WORD.finditer(text, start), _WORDS_READ))


def _skipped(text: str, start: int) -> int:
    """The place after white space and separators."""
    found = _SEPARATORS.match(text, start)
    return found.end() if found else start


def _day(rest: str, today: date) -> tuple[date | None, bool]:
    """The day with which `rest` begins, and whether the text leaves no doubt about when it happened."""
    typed = rest.split()
    first = plain(typed[0]) if typed else ""
    folded = rest.casefold()
    # Hardly any text names a day, and then its other words need no closer look.
    others = {plain(word) for word in typed[1:]} if any(word in folded for word in TODAY_WORDS) else set()
    is_clear = all(TODAY_WORDS.get(word, 0) == 0 for word in others)
    if first in TODAY_WORDS:
        return (today - timedelta(days=TODAY_WORDS[first]), True) if not TODAY_WORDS.keys() & others else (None, False)
    if not _ISO_DATE.fullmatch(first):
        return None, is_clear
    try:
        day = date.fromisoformat(first)
    except ValueError:
        return None, False
    return (day, is_clear) if day <= today else (None, False)
