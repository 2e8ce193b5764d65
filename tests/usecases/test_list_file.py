"""Files of lists: whichever program, encoding, separator and workbook, the names and numbers are as they were meant."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.client_list import NameColumnMissingError
from bot.domain.list_doubts import DoubtKind
from bot.usecases.clients.list_file import ListUnreadableError, read_list_file
from tests.usecases.list_files import LISTS, UMBRA, document, workbook


def read(content: bytes, **options: str) -> list[tuple[str, str]]:
    """The names and client numbers of a file."""
    return [(one.name, one.reference) for one in read_list_file(content, **options).listed.clients]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("program", LISTS)
def test_lists_of_programs_are_read(program: str, encoding: str) -> None:
    text, expected = LISTS[program]
    assert read(text.encode(encoding)) == expected


def test_people_at_a_client_are_its_contacts() -> None:
    text = (
        "Klantnummer,Bedrijfsnaam,Voornaam,Tussenvoegsel,Achternaam,Contactpersoon 2\n1,Umbra,Piet,van,Dam,Mia Bakker\n"
    )
    (client,) = read_list_file(text.encode()).listed.clients
    assert client.contacts == ("Mia Bakker", "Piet van Dam")


def test_whoever_is_a_client_in_person_is_no_contact_of_their_own() -> None:
    read_list = read_list_file(b"Bedrijf;Contactpersoon\n;Mia Bakker\n")
    (client,) = read_list.listed.clients
    assert (client.name, client.contacts) == ("Mia Bakker", ())
    assert [doubt.kind for doubt in read_list.listed.doubts] == [DoubtKind.NAMED_BY_CONTACT]


@pytest.mark.parametrize("make", [workbook, document])
def test_workbooks_are_read_from_the_sheet_with_the_names(make: object) -> None:
    rows = [["Relaties per 1 december", ""], ["Naam", "Klantnummer"], ["Umbra Works", "1001"], ["", ""]]
    read_list = read_list_file(make(rows))  # type: ignore[operator]
    assert [(one.name, one.reference) for one in read_list.listed.clients] == [UMBRA]
    assert "sheet “Relaties”" in read_list.source


@pytest.mark.parametrize(
    "page",
    [
        "\ufeff<html><head><title>x</title></head><body><h1>Relaties</h1><table><tr><th>Naam</th><th>Nr.</th></tr>"
        "<tr><td>Umbra<br>Works</td><td>1001</td></tr><tr><td>Caf&eacute; &amp; Co</td><td> 2</td></tr></table></body>",
        '<?xml version="1.0"?><Workbook xmlns:ss="urn:x"><Table><Row><Cell ss:Index="2"><Data>Naam</Data></Cell>'
        '<Cell><Data>Nr</Data></Cell></Row><Row><Cell ss:Index="2"><Data ss:Type="String">Umbra Works</Data></Cell>'
        "<Cell><Data>1001</Data></Cell></Row><Row><Cell><Data>x</Data></Cell><Cell><Data>Café &amp; Co</Data></Cell>"
        "<Cell><Data>2</Data></Cell></Row></Table></Workbook>",
    ],
)
def test_a_page_that_is_called_a_workbook_is_read(page: str) -> None:
    assert read(page.encode()) == [UMBRA, ("Café & Co", "2")]


def test_numbers_of_a_workbook_are_whole() -> None:
    assert read(workbook([["Naam", "Debiteurnummer"], ["Umbra Works", 1001.0]])) == [UMBRA]


def test_a_column_can_be_said_to_hold_the_names() -> None:
    text = b"Kwaliteit;Roepletters\nUmbra Works;x\n"
    with pytest.raises(NameColumnMissingError) as missing:
        read(text)
    assert missing.value.headings == ("Kwaliteit", "Roepletters")
    assert read(text, name_column="kwaliteit") == [("Umbra Works", "")]
    with pytest.raises(NameColumnMissingError):
        read(text, name_column="Naam")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Umbra;1;Utrecht", DoubtKind.MORE_CELLS),
        ('"Umbra\nWorks";1', DoubtKind.LINE_BREAK),
        ("Jos?phine;1", DoubtKind.DAMAGED),
        ("#N/B;1", DoubtKind.DAMAGED),
        ("10423;Umbra", DoubtKind.NO_LETTERS),
        ("Umbra;1,23457E+11", DoubtKind.SHORTENED_NUMBER),
        ("Umbra;7", DoubtKind.SAME_NUMBER),
        ("Totaal;12", DoubtKind.LEFT_OUT),
        ("Umbra;2", None),
    ],
)
def test_what_is_doubtful_is_told(line: str, kind: DoubtKind | None) -> None:
    listed = read_list_file(f"Naam;Klantnummer\nBor;7\n{line}\n".encode()).listed
    assert [doubt.kind for doubt in listed.doubts] == ([kind] if kind else [])


def test_owners_that_are_names_make_nobody_owner() -> None:
    listed = read_list_file(b"Naam;Accountmanager\nUmbra;Anna de Vries\nBor;Ben\n").listed
    assert [one.owner for one in listed.clients] == ["", ""]
    assert [(doubt.line, doubt.kind) for doubt in listed.doubts] == [(2, DoubtKind.OWNERS_ARE_NAMES)]
    exported = read_list_file(b"Company name,Company owner\nUmbra,anna@example.com\nBor,48212\n").listed
    assert [one.owner for one in exported.clients] == ["", ""]
    mixed = read_list_file(b"Naam;Owner\nUmbra;U012AB3CD\nBor;Ben\n").listed
    assert [one.owner for one in mixed.clients] == ["U012AB3CD", "Ben"]


def test_suppliers_are_told_apart() -> None:
    (doubt,) = read_list_file(b"Naam;Type\nUmbra;Klant\nBor;Leverancier\n").listed.doubts
    assert (doubt.line, doubt.kind, doubt.value) == (3, DoubtKind.SUPPLIER, "Bor")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xef\xbb\xbf<html><p>Naam</p></html>", "web page"),
        (b'Naam;Nr\n"Umbra Works;1\nBor;2\nCalla;3\n', "a quotation mark on line 2 is not closed"),
        (b"PK\x03\x04 is no workbook", "no workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 nor is this", "no workbook"),
    ],
)
def test_what_is_no_list_says_what_it_is(content: bytes, said: str) -> None:
    with pytest.raises(ListUnreadableError, match=said):
        read(content)


def test_a_long_list_is_read_at_once() -> None:
    text = "Naam;Klantnummer\n" + "".join(f"Umbra {number};{number}\n" for number in range(20_000))
    assert len(read(text.encode())) == 20_000


@given(st.binary(max_size=120) | st.text("Nam;,|\t\"'\n\r&#=1é<>td/ ", max_size=120).map(str.encode))
def test_whatever_a_file_holds_it_is_read_or_refused(content: bytes) -> None:
    with suppress(NameColumnMissingError, ListUnreadableError):
        read_list_file(content)
