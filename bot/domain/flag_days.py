"""The day that a typed flag names, where it stands at its beginning, and where it stands elsewhere."""

from __future__ import annotations

import re
from datetime import date

from bot.domain.count_words import COUNTED_WORDS, ENDING_A_COUNT, ONE_OF_WORDS
from bot.domain.day_words import AGO, DAY_PHRASES, WEEKDAYS
from bot.domain.days import Toward, TypedDay, read_day
from bot.domain.flag_counts import is_plural
from bot.domain.flag_phrases import Words
from bot.domain.flag_words import GUARDS_OF_DAYS, LABELS

_SHORT_WEEKDAYS = frozenset({"Sat", "Sun", "Wed", "Ma", "Di", "Wo", "Vr", "Za", "Zo"})
_FIGURES = re.compile(r"(\d{1,2})[-/](\d{1,2})")
_ORDINAL = re.compile(r"(\d{1,2})(?:e|de|ste|st|nd|rd|th)")
_BEFORE_ORDINALS = frozenset({"op", "on", "de", "the"})
MAX_DAY, MAX_MONTH = 31, 12
_OVER = frozenset(phrase.split()[-1] for phrase, days in DAY_PHRASES.items() if days < 0) - {"night"}


def typed_day(words: Words, at: int, today: date, language: str, *, with_short_figures: bool = True) -> TypedDay | None:
    """The day at `at`; one that belongs to a thing ("1 September invoice") or lies ahead is none that is certain."""
    found = read_day(words.plain, at, today, language, Toward.PAST, with_short_figures=with_short_figures)
    if found is None and (_is_short_weekday(words, at) or (with_short_figures and _is_no_day(words, at))):
        return TypedDay(1)
    if found is None and (length := _day_of_month(words, at)):
        return TypedDay(length)
    if found is None or found.on is None:
        return found
    after = at + found.length
    belongs_to_thing = after < len(words) and words.plain[after] in LABELS
    return TypedDay(found.length) if belongs_to_thing or found.on > today else found


def _is_short_weekday(words: Words, at: int) -> bool:
    """Whether a word that is written as a weekday is short for one, and may be another word: "Sat", "Zo"."""
    return at < len(words) and words.typed[at].rstrip(",.:;") in _SHORT_WEEKDAYS


def _is_no_day(words: Words, at: int) -> bool:
    """Whether figures are written as a day that does not exist: "31-11"."""
    figures = _FIGURES.fullmatch(words.plain[at]) if at < len(words) else None
    return figures is not None and any(
        1 <= int(day) <= MAX_DAY and 1 <= int(month) <= MAX_MONTH
        for day, month in (figures.groups(), figures.groups()[::-1])
    )


def _day_of_month(words: Words, at: int) -> int:
    """The length of a day without a month: "the 12th", "12e"; zero where there is none, or a thing is numbered."""
    start = at
    while at < len(words) and words.plain[at] in _BEFORE_ORDINALS:
        at += 1
    found = _ORDINAL.fullmatch(words.plain[at]) if at < len(words) else None
    if found is None or not 1 <= int(found[1]) <= MAX_DAY:
        return 0
    after = words.plain[at + 1] if at + 1 < len(words) else ""
    is_thing = after in LABELS or after in ONE_OF_WORDS or after in COUNTED_WORDS
    is_thing = is_thing or (is_plural(after) and after not in ENDING_A_COUNT)
    return 0 if is_thing else at + 1 - start


def day_elsewhere(words: Words, start: int) -> bool:
    """Whether what happened speaks of an earlier day that may be when it was: "shouted at Sanne yesterday".

    A day of a promise, a demand or a thing is part of the facts.
    """
    for at in range(start, len(words)):
        word = words.plain[at].removesuffix("'s").removesuffix("’s")
        if word not in _OVER and word != "night" and word not in WEEKDAYS:
            continue
        if _is_over(words, at) and not _is_guarded(words, start, at):
            return True
    return False


def _is_guarded(words: Words, start: int, at: int) -> bool:
    """Whether a day belongs to a promise, a demand or a thing ("the invoice of yesterday")."""
    before = words.plain[start:at]
    if before[-1:] in (["of"], ["van"]):
        return len(before) > 1 and before[-2] in LABELS
    return not GUARDS_OF_DAYS.isdisjoint(before)


def _is_over(words: Words, at: int) -> bool:
    if words.plain[at] in WEEKDAYS:
        # Anywhere but at the end it may be the day of anything.
        return not any(words.plain[at + 1 :]) and words.plain[at - 1] not in AGO
    if words.plain[at] == "night":
        return words.plain[at - 1] == "last"
    return True
