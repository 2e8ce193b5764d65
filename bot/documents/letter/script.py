"""What can be said beside a letter: an opening, the reason, three calm answers, and how to stop."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from bot.documents.letter.blocks import blocks_of, text_of
from bot.documents.letter.environment import LetterTemplateError
from bot.documents.letter.fields import letter_fields
from bot.documents.letter.samples import sample_letter
from bot.documents.letter.sentences import default_sentences, read_sentences
from bot.documents.letter.template import default_template, fill
from bot.domain.farewell.letter.letter import Letter
from bot.domain.farewell.letter.options import FormOfAddress, LetterKind, LetterStyle
from bot.domain.farewell.letter.texts import script_name
from bot.domain.message import N_
from bot.language import language

_HEADING = "# "


class ScriptEmptyError(LetterTemplateError):
    """A template without a heading and something to say below it."""

    message = N_(
        "The template needs lines that begin with #, and what can be said below each. The template that you had stays."
    )


class ScriptPart(Struct, frozen=True):
    """One moment of a conversation, and what can be said then."""

    heading: str
    text: str


def write_script(letter: Letter, template: str | None = None, sentences: str | None = None) -> tuple[ScriptPart, ...]:
    """What to say in the client’s language: of a farewell how to part, of any other letter how to talk it over.

    Raises what `write_letter` raises.
    """
    t = language(letter.language)
    words = read_sentences(default_sentences(t.code) if sentences is None else sentences)
    source = default_template(script_name(letter.kind), t.code) if template is None else template
    return tuple(_parts(fill(source, letter_fields(letter, words, t))))


def check_script_template(kind: LetterKind, code: str, template: str, sentences: str | None = None) -> None:
    """Raises `LetterTemplateError` for a template by which some script cannot be written."""
    for form, style in product(FormOfAddress, LetterStyle):
        letter = sample_letter(kind, code, form, style)
        for one in (letter, replace(letter, reasons=(), ask="", contact="")):
            if not write_script(one, template, sentences):
                raise ScriptEmptyError


def script_text(parts: tuple[ScriptPart, ...]) -> str:
    """A script as plain text."""
    return "\n\n".join(f"{part.heading}\n{part.text}" for part in parts) + "\n"


def _parts(written: str) -> Iterator[ScriptPart]:
    for part in f"\n{written}".split(f"\n{_HEADING}")[1:]:
        heading, _, text = part.strip().partition("\n")
        yield ScriptPart(heading.strip(), text_of(list(blocks_of(text))))
