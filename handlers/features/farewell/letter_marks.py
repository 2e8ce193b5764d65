"""The wording that stands out in a letter, part by part: the words, why, and what to write instead."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bot.domain.farewell.closing_terms import Term
from bot.domain.farewell.letter_wording import TYPED_TERMS, LetterMark
from bot.language import Language
from bot.language.farewell_words import term_label
from bot.language.letter_words import field_label
from bot.language.marks import bold
from bot.language.wording_words import wording_notes
from handlers.features.farewell.messages import packed
from handlers.surface.message import Element, Paragraph


def build_marks(t: Language, marks: Sequence[LetterMark]) -> list[Element]:
    """What stands out in each part of the letter, under the name of that part."""
    elements: list[Element] = []
    for field, of_field in groupby(marks, key=lambda one: one.field):
        notes = wording_notes(t, [one.mark for one in of_field])
        lines = [bold(_label(t, field)), *(f"• {note}" for note in notes)]
        elements += [Paragraph("\n".join(bundle)) for bundle in packed(lines)]
    return elements


def _label(t: Language, field: str) -> str:
    return term_label(t, Term(field)) if field in TYPED_TERMS else field_label(t, field)
