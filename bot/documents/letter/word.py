"""A letter as a Word file, on the template that comes with the bot or on a workspace’s own.

A template has the fields of `word_fields`; what a person typed is text in it and nothing else. Making the first
one takes some tenths of a second, so it is done off the event loop.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from jinja2.exceptions import TemplateError
from msgspec import Struct

from bot.documents.letter.blocks import BlockKind
from bot.documents.letter.environment import (
    Grammar,
    LetterEnvironment,
    LetterTemplateError,
    TemplateFieldError,
    TemplatePartError,
)
from bot.documents.letter.text import LetterText
from bot.domain.farewell.letter.letter import Letter
from bot.domain.message import N_

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
"""The language in which Word checks the spelling."""

_NOT_IN_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MAX_TITLE_LENGTH = 255

DAMAGED: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
)
"""What reading a damaged file comes to, by its packing and by what is missing in it."""


class WordBlock(Struct, frozen=True):
    """One paragraph of a letter, or an item of a list in it."""

    text: str
    is_item: bool


class WordUnreadableError(LetterTemplateError):
    """Something that is no Word file, or one that cannot be filled in."""

    message = N_(
        "I can’t use this as a Word template. Save it in Word as a .docx file. The template that you had stays."
    )


class WordFieldError(LetterTemplateError):
    """A Word template that names a field which no letter has."""

    message = N_("The Word template names “{name}”, which a letter doesn’t have. The template that you had stays.")


class WordPartError(LetterTemplateError):
    """A Word template that does what no letter needs, or does it wrongly."""

    message = N_("The Word template uses “{part}”, which isn’t possible in a letter. The template that you had stays.")


@cache
def default_word_template() -> bytes:
    """The template that comes with the bot, which a workspace can take and change."""
    return resources.files("bot.documents.letter").joinpath("templates/letter.docx").read_bytes()


def letter_as_word(letter: Letter, text: LetterText, template: bytes | None = None) -> bytes:
    """A letter as a .docx file; raises `LetterTemplateError` for a template that cannot be used."""
    return _made(letter, text, default_word_template() if template is None else template)


def word_fields(letter: Letter, text: LetterText) -> dict[str, Any]:
    """The fields of a Word template: texts, the lists `letterhead`, `addressee` and `body`, and where it comes from.

    Each of `body` has `text` and `is_item`; the last two paragraphs are `close` and `signature`. `letterhead` has all
    lines but that of the company.
    """
    company = letter.letterhead.company
    fields: dict[str, Any] = {
        "subject_label": text.subject_label,
        "subject": text.subject,
        "dateline": text.dateline,
        "client": letter.client,
        "contact": letter.contact,
        "close": text.blocks[-2].text if len(text.blocks) > 1 else "",
        "signature": text.blocks[-1].text,
        **{name: getattr(letter.letterhead, name) for name in letter.letterhead.__struct_fields__},
    }
    return {
        **{name: _fit(value) for name, value in fields.items()},
        "letterhead": [_fit(line) for line in text.letterhead if line != company],
        "addressee": [_fit(line) for line in text.addressee],
        "body": [WordBlock(_fit(block.text), block.kind is BlockKind.ITEM) for block in text.blocks[:-2]],
    }


def _made(letter: Letter, text: LetterText, template: bytes) -> bytes:
    # Both take a tenth of a second to import, which most processes never need.
    from docx.opc.exceptions import OpcError
    from docxtpl import DocxTemplate
    from lxml.etree import LxmlError

    document = DocxTemplate(io.BytesIO(template))
    fields = word_fields(letter, text)
    grammar = Grammar(
        frozenset(fields),
        frozenset({"letterhead", "addressee", "body"}),
        frozenset(WordBlock.__struct_fields__),
    )
    written = io.BytesIO()
    try:
        document.render(fields, LetterEnvironment(grammar, is_xml=True), autoescape=True)
        _describe(document, letter, text)
        document.save(written)
    except TemplateFieldError as error:
        raise WordFieldError(name=error.values["name"]) from None
    except TemplatePartError as error:
        raise WordPartError(part=error.values["part"]) from None
    except TemplateError as error:
        raise WordPartError(part=str(error)) from None
    except (*DAMAGED, OpcError, LxmlError):
        raise WordUnreadableError from None
    return written.getvalue()


def _describe(document: DocxTemplate, letter: Letter, text: LetterText) -> None:
    """What the file says of itself: its title, its day and its language, and nobody of ours."""
    from docx.oxml.ns import qn

    properties = document.docx.core_properties
    properties.title = _fit(text.subject)[:_MAX_TITLE_LENGTH]
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = dt.datetime.combine(letter.dated_on, dt.time(), dt.UTC)
    for one in document.docx.styles.element.iter("{*}lang"):
        one.set(qn("w:val"), _LANGUAGES.get(letter.language, letter.language))


def _fit(text: str) -> str:
    """A text without the characters that no XML can hold."""
    return _NOT_IN_XML.sub("", text)
