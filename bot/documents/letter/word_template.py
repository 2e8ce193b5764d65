"""Builds the Word template that comes with the bot: `python -m bot.documents.letter.word_template`.

It has styles with names of their own for each part of a letter, so that a workspace can change how it looks in Word
without touching a field.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from importlib import resources
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

FONT = "Calibri"
GREY, INK = RGBColor(0x59, 0x59, 0x59), RGBColor(0x1F, 0x3A, 0x5F)
MADE = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)

LETTER = (
    ("Addressee", "{%p for line in addressee %}"),
    ("Addressee", "{{ line }}"),
    ("Addressee", "{%p endfor %}"),
    ("Dateline", "{{ dateline }}"),
    ("Letter Subject", "{{ subject_label }}: {{ subject }}"),
    ("Body Text", "{%p for block in body %}"),
    ("Body Text", "{%p if block.is_item %}"),
    ("List Bullet", "{{ block.text }}"),
    ("Body Text", "{%p else %}"),
    ("Body Text", "{{ block.text }}"),
    ("Body Text", "{%p endif %}"),
    ("Body Text", "{%p endfor %}"),
    ("Letter Close", "{{ close }}"),
    ("Letter Signature", "{{ signature }}"),
)
"""What the letter is made of, a paragraph each, with its style. A line with `{%p` leaves no paragraph behind."""

LETTERHEAD = (
    ("Letterhead Company", "{{ company }}"),
    ("Letterhead", "{{ letterhead | join(' · ') }}"),
)
"""The head of the first page."""


def build_word_template() -> bytes:
    """The template as a .docx file, the same each time."""
    document = Document()
    _set_page(document)
    _set_styles(document)
    section = document.sections[0]
    section.different_first_page_header_footer = True
    _fill(section.first_page_header.paragraphs[0], LETTERHEAD)
    _fill(document.add_paragraph(), LETTER)
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = properties.title = ""
    properties.created = properties.modified = MADE
    pictures = [key for key, one in document.part.package.rels.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]
    for key in pictures:
        del document.part.package.rels[key]
    written = io.BytesIO()
    document.save(written)
    return _as_of_one_moment(written.getvalue())


def _fill(first: Paragraph, parts: tuple[tuple[str, str], ...]) -> None:
    """Put the parts where the first paragraph stands."""
    for style, text in parts:
        paragraph = first.insert_paragraph_before(text, style)
        paragraph.paragraph_format.widow_control = True
    first._element.getparent().remove(first._element)


def _set_page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.2)


def _set_styles(document: WordDocument) -> None:
    normal = _styled(document, "Normal", size=10.5, after=0)
    normal.paragraph_format.line_spacing = 1.1
    company = _styled(document, "Letterhead Company", size=16, after=2)
    company.font.bold, company.font.color.rgb = True, INK
    _styled(document, "Letterhead", size=9, after=28).font.color.rgb = GREY
    _styled(document, "Addressee", size=10.5, after=0)
    _styled(document, "Dateline", size=10.5, before=20, after=14)
    subject = _styled(document, "Letter Subject", size=11.5, after=10)
    subject.font.bold = True
    _styled(document, "Body Text", size=10.5, before=4, after=6)
    bullet = _styled(document, "List Bullet", size=10.5, after=4)
    for spacing in bullet.element.pPr.findall(qn("w:contextualSpacing")):
        bullet.element.pPr.remove(spacing)
    close = _styled(document, "Letter Close", size=10.5, before=4, after=30)
    signature = _styled(document, "Letter Signature", size=10.5)
    subject.paragraph_format.keep_with_next = close.paragraph_format.keep_with_next = True
    signature.paragraph_format.keep_together = True


def _styled(document: WordDocument, name: str, size: float, before: float = 0, after: float = 0) -> ParagraphStyle:
    """A style of that name, made where there is none, in our font and also for scripts of other directions."""
    styles = document.styles
    style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not isinstance(style, ParagraphStyle):
        raise TypeError(name)
    if name != "Normal":
        style.base_style = styles["Normal"]
    style.quick_style = True
    style.font.size, style.font.name = Pt(size), FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:cs", "w:eastAsia", "w:hAnsi"):
        fonts.set(qn(script), FONT)
    complex_size = OxmlElement("w:szCs")
    complex_size.set(qn("w:val"), str(int(size * 2)))
    style.element.rPr.append(complex_size)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    return style


def _as_of_one_moment(data: bytes) -> bytes:
    """The same file with the same moment on each of its members, so that building it again gives it again."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as again:
        for name in sorted(made.namelist()):
            again.writestr(zipfile.ZipInfo(name, MADE.timetuple()[:6]), made.read(name), zipfile.ZIP_DEFLATED)
    return written.getvalue()


if __name__ == "__main__":
    with resources.as_file(resources.files("bot.documents.letter").joinpath("templates")) as folder:
        Path(folder, "letter.docx").write_bytes(build_word_template())
