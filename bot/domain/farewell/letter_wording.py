"""What in a letter is better said in other words, by the part of the letter in which it stands."""

from __future__ import annotations

from msgspec import Struct

from bot.domain.farewell.closing_terms import Term
from bot.domain.farewell.drafting import WRITTEN
from bot.domain.farewell.letter.letter import Letter
from bot.domain.wording.marks import Mark

TYPED_TERMS = (
    Term.WORK,
    Term.DEADLINES,
    Term.INVOICE,
    Term.MONEY_BACK,
    Term.PREPAID,
    Term.HANDOVER,
    Term.ACCESS,
)
"""The closing terms that somebody says in words of their own; the others are days and names."""


class LetterMark(Struct, frozen=True):
    """A mark on the wording of one part: `field` is a field of `Letter`, or a `Term` of its closing terms."""

    field: str
    mark: Mark


def marks_of(letter: Letter) -> tuple[LetterMark, ...]:
    """What stands out in all that people typed for a letter, part by part, in the order of the form."""
    # Whoever writes no letter does without the words and phrases.
    from bot.domain.wording.check import check_letter

    parts = {name: getattr(letter, name) for name in ("greeting", *WRITTEN)}
    parts |= {term.value: getattr(letter.terms, term.value) for term in TYPED_TERMS}
    return tuple(
        LetterMark(field, mark) for field, said in parts.items() for mark in check_letter(said, letter.language)
    )
