"""The day that a typed flag names, where it stands at its beginning, and where it stands elsewhere."""

from __future__ import annotations

from datetime import date

from bot.domain.day_words import AGO, DAY_PHRASES, WEEKDAYS
from bot.domain.days import Toward, TypedDay, read_day
from bot.domain.flag_phrases import Words
from bot.domain.flag_words import GUARDS_OF_DAYS, LABELS

_SHORT_WEEKDAYS = frozenset({"Sat", "Sun", "Wed", "Ma", "Di", "Wo", "Vr", "Za", "Zo"})
_OVER = frozenset(phrase.split()[-1] for phrase, days in DAY_PHRASES.items() if days < 0) - {"night"}


def typed_day(words: Words, at: int, today: date, language: str, *, with_short_figures: bool = True) -> TypedDay | None:
    """The day at `at`; one that belongs to a thing ("1 September invoice") or lies ahead is none that is certain."""
    found = read_day(words.plain, at, today, language, Toward.PAST, with_short_figures=with_short_figures)
    if found is None and _is_short_weekday(words, at):
        return TypedDay(1)
    if found is None or found.on is None:
        return found
    after = at + found.length
    belongs_to_thing = after < len(words) and words.plain[after] in LABELS
    return TypedDay(found.length) if belongs_to_thing or found.on > today else found


def _is_short_weekday(words: Words, at: int) -> bool:
    """Whether a word that is written as a weekday is short for one, and may be another word: "Sat", "Zo"."""
    return at < len(words) and words.typed[at].rstrip(",.:;") in _SHORT_WEEKDAYS


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
