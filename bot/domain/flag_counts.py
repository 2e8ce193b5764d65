"""Whether a number in a typed flag counts what comes after it."""

from __future__ import annotations

from datetime import date

from bot.domain.count_words import (
    ABBREVIATED,
    COUNTED_SINGULARS,
    COUNTED_WORDS,
    CURRENCIES,
    ENDING_A_COUNT,
    FIRST_NAMES,
    IN_A_ROW,
    IRREGULAR_PLURALS,
    MORE_WORDS,
    NOT_PLURAL,
    OBJECTS,
    ONE_OF_WORDS,
    PASSED_OVER,
    TIMES_OF,
    VERBS_THAT_ARE_PLURALS,
)
from bot.domain.day_words import WEEKDAYS
from bot.domain.days import Toward, names_time, read_day
from bot.domain.flag_phrases import Words
from bot.domain.flag_words import LABELS

MAX_WORDS_BEFORE_COUNTED = 3
"""How many words may stand between a number and what it counts: "3 very old open invoices"."""

_SET_APART = (",", ":", ";", ".", "!", ")", "]")
_ANY_DAY = date(2026, 1, 1)
_HYPHENS = dict.fromkeys(map(ord, "-'’()"))
_PLURAL_ENDINGS = ("'s", "’s", "s", "en")


def may_count(words: Words, at: int) -> bool:
    """Whether the number at `at` may say how many there are of something behind it.

    Punctuation after a number sets it apart, and a thing with a number of its own ("invoice 17") is not counted.
    """
    typed, plain = words.typed, words.plain
    if len(typed) < at + 2 or typed[at].endswith(_SET_APART):
        return False
    following = plain[at + 1]
    if not following:
        return len(typed) > at + 2 and typed[at + 2][0].isdigit()
    day = read_day(plain, at + 1, _ANY_DAY, "nl", Toward.PAST)
    if day is not None:
        # "3 Friday evening calls" counts; "3 last Friday he shouted" does not.
        end = at + 1 + day.length
        is_alone = day.length > 2 or plain[at + 1] not in WEEKDAYS or typed[end - 1].endswith(_SET_APART)
        return not is_alone and end < len(plain) and is_plural(plain[end])
    if following in COUNTED_WORDS or typed[at + 1] in COUNTED_WORDS or tuple(plain[at + 1 : at + 3]) in IN_A_ROW:
        return True
    if following in CURRENCIES or following in ABBREVIATED:
        return not words.is_number(at + 2)
    if following in {"/", "|"}:
        return words.is_number(at + 2)
    return _counted_follows(words, at + 1, is_one=plain[at].strip("()[]") == "1")


def _counted_follows(words: Words, start: int, *, is_one: bool) -> bool:
    """Whether a plural, or for `is_one` a thing, comes before anything that ends what a number can count."""
    passed = 0
    for at in range(start, len(words.plain)):
        word = words.plain[at]
        if word in ENDING_A_COUNT or not word.translate(_HYPHENS).isalpha() or names_time(words.plain, at):
            return False
        if word in COUNTED_SINGULARS and at > start and MORE_WORDS.issuperset(words.plain[start:at]):
            return True
        if is_one and word in ONE_OF_WORDS:
            return not (word in LABELS and words.is_number(at + 1))
        if not is_one and is_plural(word):
            return not (_is_name(words.typed[at]) or _is_verb(words, at))
        if words.typed[at].endswith(_SET_APART):
            return False
        if word in ONE_OF_WORDS:
            # One thing is not counted, unless it belongs to a plural: "3 invoice reminders".
            return at + 1 < len(words.plain) and is_plural(words.plain[at + 1])
        passed += word not in PASSED_OVER
        if passed > MAX_WORDS_BEFORE_COUNTED:
            return False
    return False


def _is_name(typed: str) -> bool:
    """Whether a word that ends like a plural is a name, or somebody's: "Hans", "Fatima's"."""
    return typed[:1].isupper() and (typed.casefold() in FIRST_NAMES or typed.endswith(("'s", "’s")))


def _is_verb(words: Words, at: int) -> bool:
    """Whether a word that may be a verb or a plural has an object behind it: "calls us", "disputes invoice 12"."""
    if words.plain[at] not in VERBS_THAT_ARE_PLURALS or at + 1 >= len(words.plain):
        return False
    following, after = words.plain[at + 1], words.plain[at + 2] if at + 2 < len(words.plain) else ""
    if following == "the":
        return after not in TIMES_OF
    return following in OBJECTS or (following in LABELS and words.is_number(at + 2))


def is_plural(word: str) -> bool:
    """Whether a plain word may be the plural of a noun, by its ending."""
    if word in IRREGULAR_PLURALS:
        return True
    if len(word) < 4 or word in NOT_PLURAL or word.endswith(("ss", "ous", "loos")):
        return False
    return word.endswith(_PLURAL_ENDINGS)
