"""The versions of a letter, the newest first, each with what it changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from bot.domain.farewell.differences import Difference, differences
from bot.domain.farewell.drafting import LetterVersion
from bot.domain.farewell.letter.options import FormOfAddress, LetterStyle
from bot.language import Language
from bot.language.letter_words import LANGUAGE_NAMES, address_label, field_label, letter_style_label, step_label
from bot.language.marks import bold, in_short
from bot.language.vocabulary import category_label
from bot.usecases.farewell.letters import LetterView
from handlers.features import ids
from handlers.features.farewell.messages import packed
from handlers.surface.message import (
    Button,
    Element,
    Measure,
    Message,
    Paragraph,
    button_row,
    how_many_fit,
    small_print,
)
from handlers.surface.reading import Reading

MAX_PART_LENGTH = 1000
"""How much of one sentence or line is shown."""


def build_versions(reading: Reading, view: LetterView, measure: Measure) -> Message:
    """Each version with who saved it, when, and what it changed; where all would be too long, the oldest go."""
    t = reading.language
    title = t.gettext("Versions")
    foot: list[Element] = [button_row(Button(t.gettext("Read it"), ids.LETTER_READ, str(view.record.id)))]
    left = small_print(t.gettext("There are older versions, which don’t fit here."))
    pairs = list(zip([None, *view.versions], view.versions, strict=False))
    groups = [list(_version(reading, version, before)) for before, version in reversed(pairs)]
    fitting = how_many_fit(groups, [*foot, left], measure)
    shown = [element for group in groups[:fitting] for element in group]
    return Message(title, (*shown, *([left] if fitting < len(groups) else []), *foot))


def _version(reading: Reading, version: LetterVersion, before: LetterVersion | None) -> Iterator[Element]:
    t = reading.language
    said = t.gettext(
        "*Version {number}*, by {person}, {when}.",
        number=t.number(version.number),
        person=reading.person(version.saved_by_id),
        when=t.moment(version.saved_at, reading.zone),
    )
    if before is None:
        beginning = t.gettext("The beginning.")
        yield Paragraph(f"{said} {beginning}")
        return
    yield Paragraph(said)
    for one in differences(before.content, version.content):
        lines = [bold(field_label(t, one.field)), *_lines(t, one)]
        yield from (Paragraph("\n".join(bundle)) for bundle in packed(lines))


def _lines(t: Language, one: Difference) -> Iterator[str]:
    for value in one.went_out:
        yield t.gettext("Out: “{text}”", text=_said(t, one.field, value))
    for value in one.came_in:
        yield t.gettext("In: “{text}”", text=_said(t, one.field, value))


def _said(t: Language, field: str, value: Any) -> str:
    match value:
        case LetterStyle():
            return letter_style_label(t, value)
        case FormOfAddress():
            return address_label(t, value)
        case date():
            return t.date(value)
    match field:
        case "language":
            return LANGUAGE_NAMES.get(value, str(value))
        case "reasons":
            return category_label(t, value)
        case "steps":
            return step_label(t, value)
    return in_short(str(value), MAX_PART_LENGTH)
