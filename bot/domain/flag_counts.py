"""Whether a number in a typed flag counts what comes after it."""

from __future__ import annotations

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
    TIMES_OF,
    VERBS_THAT_ARE_PLURALS,
)
from bot.domain.day_words import COMING, JUST_PASSED, LAST, MONTHS, NEXT, THIS, WEEKDAYS
from bot.domain.days import names_time
from bot.domain.flag_phrases import Words
from bot.domain.flag_words import LABELS

MAX_WORDS_BEFORE_COUNTED = 3
"""How many words may stand between a number and what it counts: "3 very old open invoices"."""

_SET_APART = (",", ":", ";", ".", "!", ")", "]")
_OF_DAYS = JUST_PASSED | LAST | COMING | NEXT | THIS | MONTHS | WEEKDAYS.keys()
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
    if names_time(plain, at + 1):
        return False
    if following in COUNTED_WORDS or typed[at + 1] in COUNTED_WORDS or tuple(plain[at + 1 : at + 3]) in IN_A_ROW:
        return True
    if following in CURRENCIES or following in ABBREVIATED:
        return not words.is_number(at + 2)
    if following in {"/", "|"}:
        return words.is_number(at + 2)
    if plain[at].strip("()[]") == "1" and following in ONE_OF_WORDS:
        return not (following in LABELS and words.is_number(at + 2))
    return _plural_follows(words, at + 1)


def _plural_follows(words: Words, start: int) -> bool:
    """Whether a plural comes before anything that ends what a number can count."""
    for at in range(start, min(start + MAX_WORDS_BEFORE_COUNTED + 1, len(words.plain))):
        word = words.plain[at]
        if word in ENDING_A_COUNT or word in _OF_DAYS or not word.translate(_HYPHENS).isalpha():
            return False
        if word in COUNTED_SINGULARS and at > start and MORE_WORDS.issuperset(words.plain[start:at]):
            return True
        if is_plural(word):
            return not (_is_name(words.typed[at]) or _is_verb(words, at))
        if words.typed[at].endswith(_SET_APART):
            return False
    return False


def _is_name(typed: str) -> bool:
    return typed[:1].isupper() and typed.casefold() in FIRST_NAMES


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
