"""Letters as Word files: every text survives, the page is whole, and a file that is no template is refused."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.documents.letter.environment import LetterTemplateError
from bot.documents.letter.samples import sample_letter
from bot.documents.letter.text import write_letter
from bot.documents.letter.word import (
    WordFieldError,
    WordPartError,
    WordUnreadableError,
    default_word_template,
    letter_as_word,
)
from bot.documents.letter.word_check import (
    MAX_WORD_BYTES,
    WordIncompleteError,
    WordReachesOutError,
    WordTooLargeError,
    check_word_template,
    words_of,
)
from bot.documents.letter.word_template import build_word_template
from bot.domain.farewell.letter.letter import Letter, LetterTerms
from bot.domain.farewell.letter.options import FormOfAddress, Letterhead, LetterKind, LetterStyle
from bot.language import LANGUAGES, language
from tests.documents.letter_cases import letters

SAMPLE = sample_letter(LetterKind.FAREWELL, "nl", FormOfAddress.FORMAL, LetterStyle.FORMAL)
LETTERS = dict(letters())
SOFFICE = shutil.which("soffice")

TYPED = st.text(
    st.one_of(
        st.sampled_from("{}%#<>&\"'\\_ …אבגليلى😀"),
        st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co", "Zl", "Zp", "Zs"]),
    ),
    max_size=30,
).map(lambda typed: f"x{typed}x")


def word_of(letter: Letter, template: bytes | None = None) -> list[str]:
    return list(words_of(letter_as_word(letter, write_letter(letter), template)))


def changed(change: Callable[[str], str], name: str = "word/document.xml") -> bytes:
    """The template that comes with the bot with one of its members changed."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(default_word_template())) as old, zipfile.ZipFile(written, "w") as new:
        for member in old.namelist():
            data = old.read(member)
            new.writestr(member, change(data.decode()).encode() if member == name else data)
    return written.getvalue()


def test_the_template_in_the_repository_is_the_one_that_is_built() -> None:
    with (
        zipfile.ZipFile(io.BytesIO(build_word_template())) as built,
        zipfile.ZipFile(io.BytesIO(default_word_template())) as kept,
    ):
        assert built.namelist() == kept.namelist()
        assert [name for name in built.namelist() if built.read(name) != kept.read(name)] == []


@pytest.mark.parametrize("name", [name for name in LETTERS if name.endswith((".nl-u", ".en-informal"))])
def test_a_word_file_says_what_the_letter_says(name: str) -> None:
    letter = LETTERS[name]
    text = write_letter(letter)
    written = word_of(letter)
    for part in (*text.addressee, text.dateline, f"{text.subject_label}: {text.subject}", letter.letterhead.company):
        assert part in written
    assert [block.text for block in text.blocks if block.text not in written] == []
    assert " · ".join(text.letterhead[1:]) in written


@given(TYPED, TYPED, TYPED)
def test_any_name_survives(client: str, company: str, work: str) -> None:
    letter = replace(
        SAMPLE,
        client=client,
        letterhead=Letterhead(company=company),
        terms=LetterTerms(work=f"{work}\nand {work}", invoice="y", handover="z"),
    )
    written = "\n".join(word_of(letter))
    # The library takes these for its own way to write braces.
    for typed in (client, company, f"{work}\nand {work}"):
        assert typed.replace("{_{", "{{").replace("}_}", "}}").replace("{_%", "{%").replace("%_}", "%}") in written


def test_what_no_xml_can_hold_is_left_out() -> None:
    assert "Acme" in word_of(replace(SAMPLE, client="Ac\x00\x0bm\ufffee"))


def test_a_file_tells_its_title_and_language_and_nobody_of_ours() -> None:
    document = Document(io.BytesIO(letter_as_word(SAMPLE, write_letter(SAMPLE))))
    properties = document.core_properties
    assert properties.title == "Einde van onze samenwerking per 20 april 2027"
    assert {properties.author, properties.last_modified_by, properties.comments} == {""}
    assert properties.created is not None
    assert properties.created.date() == SAMPLE.dated_on
    assert 'w:val="nl-NL"' in document.styles.element.xml


def test_parts_of_a_letter_have_styles_of_their_own() -> None:
    document = Document(io.BytesIO(letter_as_word(SAMPLE, write_letter(SAMPLE))))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style]
    assert {"Addressee", "Dateline", "Letter Subject", "Body Text", "List Bullet", "Letter Close"} < set(styles)
    assert styles[-1] == "Letter Signature"
    assert styles.count("List Bullet") == 7


def test_the_template_that_comes_with_the_bot_can_be_used() -> None:
    check_word_template(default_word_template())


def test_a_workspace_changes_it_in_word() -> None:
    own = changed(lambda xml: xml.replace("{{ dateline }}", "{{ company_place }} · {{ dateline }}"))
    check_word_template(own)
    assert "[company_place] · [company_place], 1 maart 2027" in word_of(SAMPLE, own)


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        (lambda xml: xml.replace("{{ subject }}", ""), WordIncompleteError, "subject"),
        (lambda xml: xml.replace("{{ block.text }}", ""), WordIncompleteError, "body"),
        (lambda xml: xml.replace("{{ signature }}", ""), WordIncompleteError, "signature"),
        (lambda xml: xml.replace("{{ dateline }}", "{{ score }}"), WordFieldError, "score"),
        (lambda xml: xml.replace("{{ dateline }}", "{{ dateline.__class__ }}"), WordPartError, "getattr"),
        (lambda xml: xml.replace("{{ dateline }}", "{{ 7 * 7 }}"), WordPartError, "mul"),
        (lambda xml: xml.replace("{%p endif %}", ""), WordPartError, "for"),
        (lambda xml: xml.replace("<w:body>", "<w:bo>"), WordUnreadableError, ".docx"),
    ],
)
def test_a_word_template_that_cannot_be_used_is_refused(
    change: Callable[[str], str], error: type[LetterTemplateError], said: str
) -> None:
    with pytest.raises(error) as raised:
        check_word_template(changed(change))
    for code in LANGUAGES:
        assert said in language(code).sentence(raised.value)


RELATIONS = "word/_rels/document.xml.rels"


def related(kind: str, target: str = "https://example.com/x", mode: str = 'TargetMode="External"') -> bytes:
    """The template that comes with the bot with one more relation of its document."""
    link = f'<Relationship Id="r99" Type="http://x/{kind}" Target="{target}" {mode}/>'
    return changed(lambda xml: xml.replace("</Relationships>", f"{link}</Relationships>"), RELATIONS)


def with_field(instruction: str) -> bytes:
    """The template that comes with the bot with a field of Word in its dateline."""
    runs = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in instruction.split("|"))
    return changed(lambda xml: xml.replace("<w:sectPr", f"<w:p>{runs}</w:p><w:sectPr", 1))


@pytest.mark.parametrize(
    "data",
    [
        related("image"),
        related("attachedTemplate", mode="TargetMode='External'"),
        related("image", mode='TargetMode="Exter&#110;al"'),
        related("vbaProject", target="settings.xml", mode=""),
        related("oleObject", target="settings.xml", mode=""),
        with_field("INCLUDEPICTURE http://example.com/x"),
        with_field(" INCLUDE|TEXT x"),
        with_field("DDEAUTO c:\\x"),
    ],
)
def test_a_file_that_would_fetch_or_run_something_is_refused(data: bytes) -> None:
    with pytest.raises(WordReachesOutError):
        check_word_template(data)


def test_a_link_and_a_page_number_are_fine() -> None:
    hyperlink = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    check_word_template(changed(lambda xml: xml, RELATIONS))
    link = f'<Relationship Id="r99" Type="{hyperlink}" Target="https://example.com" TargetMode="External"/>'
    check_word_template(changed(lambda xml: xml.replace("</Relationships>", f"{link}</Relationships>"), RELATIONS))
    check_word_template(with_field(" PAGE "))


@pytest.mark.parametrize("data", [b"", b"{{ body }}", b"PK\x03\x04", b"%PDF-1.7", default_word_template()[:9000]])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(WordUnreadableError):
        check_word_template(data)


def test_a_file_that_is_too_large_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(WordTooLargeError):
        check_word_template(b"x" * (MAX_WORD_BYTES + 1))
    written = io.BytesIO(default_word_template())
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/media/zeros.bin", b"\0" * 50_000_000)
    with pytest.raises(WordTooLargeError):
        check_word_template(written.getvalue())


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice Writer is not installed: soffice was not found")
def test_libreoffice_makes_the_page(tmp_path: Path) -> None:
    assert SOFFICE
    names = ("late_payment.nl-u", "odd_names.en-formal")
    for name in names:
        (tmp_path / f"{name}.docx").write_bytes(letter_as_word(LETTERS[name], write_letter(LETTERS[name])))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    converted = subprocess.run(  # noqa: S603 (a program of this machine on files of our own)
        [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
        + [str(tmp_path / f"{name}.docx") for name in names],
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    )
    assert "rror" not in converted.stdout + converted.stderr
    for name in names:
        pages = (tmp_path / f"{name}.pdf").read_bytes()
        # Which fonts are there decides how much a page holds.
        assert pages.count(b"/Type/Page/") <= (2 if name.startswith("late") else 1)
    if pdftotext := shutil.which("pdftotext"):
        read = subprocess.run(  # noqa: S603
            [pdftotext, "-layout", str(tmp_path / "odd_names.en-formal.pdf"), "-"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for words in (
            'Smith & Sons "Build" <1950>',
            "{{ 7 * 7 }} & annex <A>",
            "O’Neill-De Witte",
            "\\\\server\\smith",
        ):
            assert words in " ".join(read.split())
        assert "ليلى" in read
