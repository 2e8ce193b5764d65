"""A letter in words: its subject and its paragraphs, and all of it as text to paste."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from bot.documents.letter.blocks import Block, BlockKind, blocks_of, text_of
from bot.documents.letter.environment import LetterTemplateError
from bot.documents.letter.fields import letter_fields
from bot.documents.letter.samples import sample_letters
from bot.documents.letter.sentences import Frame, default_sentences, read_sentences
from bot.documents.letter.template import default_template, fill
from bot.domain.farewell.letter.letter import Letter
from bot.domain.farewell.letter.options import LetterKind, LetterStyle
from bot.domain.message import N_
from bot.language import language


class LetterText(Struct, frozen=True):
    """A letter in words. `head` are the letterhead, the addressee and the place with the date, empty in an e-mail."""

    style: LetterStyle
    subject_label: str
    subject: str
    blocks: tuple[Block, ...]
    letterhead: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    dateline: str = ""


class TemplateIncompleteError(LetterTemplateError):
    """A template that leaves out what its letters have to tell, or what somebody writes for them."""

    message = N_("The template leaves out {fields}. The template that you had stays.")


class TemplateEmptyError(LetterTemplateError):
    """A template without a subject and a letter below it."""

    message = N_(
        "The template needs a subject on its first line and the letter below it. The template that you had stays."
    )


def write_letter(letter: Letter, template: str | None = None, sentences: str | None = None) -> LetterText:
    """The letter in its own language, by the templates that come with the bot or by a workspace’s own.

    Raises `LetterTemplateError` or `SentencesInvalidError` for what a workspace wrote and cannot be used.
    """
    t = language(letter.language)
    words = read_sentences(default_sentences(t.code) if sentences is None else sentences)
    source = default_template(letter.kind.value, t.code) if template is None else template
    fields = letter_fields(letter, words, t)
    subject, _, body = fill(source, fields).strip().partition("\n")
    blocks = tuple(blocks_of(body))
    if not blocks:
        raise TemplateEmptyError
    text = LetterText(
        letter.style,
        words.frame.subject_email if letter.style is LetterStyle.EMAIL else words.frame.subject_letter,
        subject.strip(),
        (*blocks[:-1], replace(blocks[-1], kind=BlockKind.SIGNATURE)),
    )
    if letter.style is LetterStyle.EMAIL:
        return text
    return replace(
        text,
        letterhead=tuple(_letterhead(letter, words.frame)),
        addressee=tuple(_addressee(letter, words.frame)),
        dateline=", ".join(part for part in (letter.letterhead.company_place, fields["date"]) if part),
    )


def as_text(text: LetterText) -> str:
    """All of a letter as plain text: to paste into an e-mail, to read in a discussion."""
    parts = ["\n".join(text.letterhead), "\n".join(text.addressee), text.dateline]
    subject = f"{text.subject_label}: {text.subject}"
    return "\n\n".join([*(part for part in parts if part), subject, body_text(text)]) + "\n"


def body_text(text: LetterText) -> str:
    """What a letter says, from the greeting to the signature."""
    return text_of(text.blocks)


def check_letter_template(kind: LetterKind, code: str, template: str, sentences: str | None = None) -> None:
    """Raises `LetterTemplateError` for a template by which some letter cannot be written, or leaves out something.

    It is tried on letters of every sort, each of whose fields says a word of its own.
    """
    t = language(code)
    words = read_sentences(default_sentences(t.code) if sentences is None else sentences)
    for letter, told in sample_letters(kind, words, t):
        written = as_text(write_letter(letter, template, sentences)).casefold()
        left_out = [field for field, word in told.items() if word.casefold() not in written]
        if left_out:
            raise TemplateIncompleteError(fields=left_out)


def _letterhead(letter: Letter, frame: Frame) -> Iterator[str]:
    head = letter.letterhead
    yield from (line for line in (head.company, *head.company_address.splitlines()) if line)
    labelled = ((frame.phone, head.company_phone), (frame.registration, head.company_registration))
    yield from (f"{label}: {value}" for label, value in labelled[:1] if value)
    yield from (line for line in (head.company_email, head.company_website) if line)
    yield from (f"{label}: {value}" for label, value in labelled[1:] if value)


def _addressee(letter: Letter, frame: Frame) -> Iterator[str]:
    yield letter.client
    if letter.contact:
        yield f"{frame.attention} {letter.contact}"
    yield from (line.strip() for line in letter.client_address.splitlines() if line.strip())
