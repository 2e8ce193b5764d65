"""Whether a Word file that a workspace brings can be the template of its letters."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from bot.documents.letter.environment import LetterTemplateError
from bot.documents.letter.samples import sample_letter
from bot.documents.letter.text import write_letter
from bot.documents.letter.word import DAMAGED, WordUnreadableError, letter_as_word
from bot.domain.farewell.letter.options import FormOfAddress, LetterKind, LetterStyle
from bot.domain.message import N_

MAX_WORD_BYTES = 4_000_000
MAX_UNPACKED_BYTES = 40_000_000

_FETCHING = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDE|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE|RD)\b", re.IGNORECASE)
"""Fields of Word that take something from elsewhere."""

_ACTIVE = re.compile(r"vba|macro|activex|oleobject|/control\b", re.IGNORECASE)
"""What kinds of parts, and of relations to them, are called that run something."""


class WordTooLargeError(LetterTemplateError):
    """A file that is larger than any letter needs."""

    message = N_("This file is too large for a Word template; {megabytes} MB fit. The template that you had stays.")


class WordReachesOutError(LetterTemplateError):
    """A file with macros, or with parts that are fetched from elsewhere when it is opened."""

    message = N_(
        "This Word template has macros, or parts that are fetched from elsewhere when it is opened. Take those out: a "
        "client will open it. The template that you had stays."
    )


class WordIncompleteError(LetterTemplateError):
    """A Word template without the fields."""

    message = N_(
        "These fields are missing from the Word template: {fields}. Put them where they belong, as in the template "
        "that comes with the bot. The template that you had stays."
    )


def check_word_template(data: bytes) -> None:
    """Raises `LetterTemplateError` for a file that cannot be the template of letters, or that leaves out something."""
    if len(data) > MAX_WORD_BYTES:
        raise WordTooLargeError(megabytes=MAX_WORD_BYTES // 1_000_000)
    _look_inside(data)
    letter = sample_letter(LetterKind.FAREWELL, "nl", FormOfAddress.FORMAL, LetterStyle.FORMAL)
    text = write_letter(letter)
    written = "\n".join(words_of(letter_as_word(letter, text, data)))
    told = {
        "addressee": text.addressee[0],
        "dateline": text.dateline,
        "subject": text.subject,
        "body": text.blocks[2].text,
        "close": text.blocks[-2].text,
        "signature": letter.signed_by,
    }
    if left_out := [field for field, words in told.items() if words not in written]:
        raise WordIncompleteError(fields=left_out)


def words_of(data: bytes) -> Iterator[str]:
    """The text of each paragraph of a Word file, heads and feet included, as it is read."""
    from docx import Document

    document = Document(io.BytesIO(data))
    parts = [document.element.body]
    for section in document.sections:
        parts += [section.first_page_header._element, section.header._element]
        parts += [section.first_page_footer._element, section.footer._element]
    for part in parts:
        for paragraph in part.iter("{*}p"):
            yield "".join(
                "\n" if one.tag.endswith("}br") else "\t" if one.tag.endswith("}tab") else one.text or ""
                for one in paragraph.iter("{*}t", "{*}br", "{*}tab")
            )


def _look_inside(data: bytes) -> None:
    """Refuse a file that unpacks to too much, runs something, or takes something from elsewhere.

    Only parts that a relation leads to are looked at: the others are left out when a letter is written.
    """
    from docx import Document
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            if sum(member.file_size for member in file.infolist()) > MAX_UNPACKED_BYTES:
                raise WordTooLargeError(megabytes=MAX_WORD_BYTES // 1_000_000)
        package = Document(io.BytesIO(data)).part.package
        for relation in package.iter_rels():
            leads_out = relation.is_external and relation.reltype != RELATIONSHIP_TYPE.HYPERLINK
            if leads_out or _ACTIVE.search(relation.reltype):
                raise WordReachesOutError
        for part in package.iter_parts():
            if _ACTIVE.search(part.content_type) or _FETCHING.search(_instructions(part.blob)):
                raise WordReachesOutError
    except (*DAMAGED, OpcError, LxmlError):
        raise WordUnreadableError from None


def _instructions(blob: bytes) -> str:
    """What the fields of Word in a part do; nothing where it is no XML."""
    from docx.oxml.parser import parse_xml
    from lxml.etree import XMLSyntaxError

    if not blob.lstrip().startswith(b"<"):
        return ""
    try:
        root = parse_xml(blob)
    except XMLSyntaxError:
        return ""
    written = "".join(one.text or "" for one in root.iter("{*}instrText"))
    return " ".join([written, *(value for one in root.iter("{*}fldSimple") for value in one.attrib.values())])
