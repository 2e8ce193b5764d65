"""Encodings of lists: what Excel writes on any machine comes back as it was typed."""

from __future__ import annotations

import pytest

from bot.domain.list_encoding import decode

NAMES = """\
Café Übel
Brasserie Zoë
Bjørn & Søn, Århus
René François
Müller GmbH
Coöperatie België
MÜLLER
Köln Läufer
Peña
Pâtisserie Noël
Garçon
École
CÔTÉ
Straße
Smørrebrød
Ørsted
Loïc & Naïma
Jansen’s Koffie
’t Hoekje
Acme – Utrecht
Hôtel du Château
Señor Muñoz
Bäckerei Groß
Bjørn Åkesson
“De Ster”
Côte d’Or
Où
Ægir
Coöp
Hôpital
Öztürk
""".splitlines()
WRITTEN = (("cp1252", "\r\n"), ("cp850", "\r\n"), ("mac-roman", "\r\n"), ("mac-roman", "\r"), ("iso8859-15", "\n"))


@pytest.mark.parametrize(("encoding", "ends"), WRITTEN)
def test_one_name_tells_in_which_encoding_it_was_written(encoding: str, ends: str) -> None:
    texts = [f"Naam;Klantnummer{ends}{name};1001{ends}" for name in NAMES]
    written = [text for text in texts if text.encode(encoding, errors="replace").decode(encoding) == text]
    assert [decode(text.encode(encoding)).text for text in written] == written
    assert len(written) > len(NAMES) - 7


@pytest.mark.parametrize("name", ["Seán", "Málaga", "Dž & Co", "São Paulo", "ZOÉ", "L’Oréal", "“De Ster”", "Ægir"])
def test_what_can_be_of_the_usual_encoding_is(name: str) -> None:
    assert decode(f"naam\n{name}\n".encode("cp1252")).encoding == "cp1252"


def test_polish_names_are_read() -> None:
    assert decode("naam\nWałęsa Żubr\n".encode("cp1250")).text == "naam\nWałęsa Żubr\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_no_guess(encoding: str) -> None:
    decoded = decode("naam;nummer\nCafé Übel;1\n".encode(encoding))
    assert (decoded.text, decoded.is_guess) == ("naam;nummer\nCafé Übel;1\n", False)


def test_text_that_was_encoded_twice_is_read_as_it_was_meant() -> None:
    decoded = decode("naam\nCafé Übel’s\n".encode().decode("cp1252").encode())
    assert (decoded.text, decoded.is_guess) == ("naam\nCafé Übel’s\n", True)


def test_a_damaged_letter_does_not_change_the_encoding_of_the_others() -> None:
    decoded = decode("naam\nCafé\nÜbel\nZoë\n".encode() + b"\xe9\n")
    assert decoded.text.startswith("naam\nCafé\nÜbel\nZoë\n")
    assert "\ufffd" in decoded.text


def test_an_encoding_can_be_named() -> None:
    assert decode("Õt".encode("cp1252"), "cp1252").text == "Õt"
    with pytest.raises(LookupError):
        decode(b"", "klingon")
