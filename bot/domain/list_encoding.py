"""The text of a file that says nowhere in which encoding it was written.

Excel writes "CSV" in the code page of the machine, "CSV (MS-DOS)" in an older one, "CSV (Macintosh)" in a third. Lists
of clients hold few letters that tell these apart, too few for a statistical guess over whole texts; what tells is which
reading leaves letters that names in Western Europe are written with, in places where such letters stand.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct

UTF_8, UTF_16, UTF_32 = "utf-8", "utf-16", "utf-32"
WESTERN = "cp1252"

_MARKS = (
    (codecs.BOM_UTF32_LE, UTF_32),
    (codecs.BOM_UTF32_BE, UTF_32),
    (codecs.BOM_UTF16_LE, UTF_16),
    (codecs.BOM_UTF16_BE, UTF_16),
)
_CODE_PAGES = (
    (WESTERN, 0.0),
    ("iso8859-15", -1.0),
    ("cp850", -2.0),
    ("mac-roman", -3.0),
    ("cp1250", -4.0),
    ("cp437", -4.0),
)
"""Encodings with one byte for each character, and how much more likely than the others each has to look."""

_LETTERS = {
    "é": 5.0,
    "ëèïöü": 4.5,
    "äçáó": 3.5,
    "ñôêøæ": 3.0,
    "íåß": 2.5,
    "âàîú": 2.0,
    "ûœãþð": 1.5,
    "òìùýÿõ": 1.0,
    "ąćęłńśźżčďěňřšťůžőű": 1.0,
}
_WEIGHT = {letter: weight for letters, weight in _LETTERS.items() for letter in letters}
_UNUSUAL = -8.0
_OUT_OF_PLACE = -6.0
_CAPITAL = -1.0
_UNLIKELY = -4.0
_MAC_ONLY_ENDS = 6.0
_TYPOGRAPHIC = re.compile(
    r"(?<=\w)[’‘](?=\w|\W|$)|(?<!\w)[‘’](?=[tnsTNS]\b)|^[–—…]$|(?<!\w)[„“”«](?=\w)|(?<=[\w.])[“”»…®™°](?!\w)"
    r"|€(?=\d|\W|$)|\u00a0"
)
_VOWELS = frozenset("aeiouyAEIOUY")
_WORD = re.compile(r"\S+")


class DecodedText(Struct, frozen=True):
    """Text, the encoding that it was read in, and whether that was only the likeliest one."""

    text: str
    encoding: str
    is_guess: bool = False


def decode(content: bytes, encoding: str = "") -> DecodedText:
    """The text of a file, in `encoding` or else in what it shows to be written in; never fails.

    Bytes that mean nothing become U+FFFD. Raises `LookupError` for an encoding that there is not.
    """
    if encoding:
        return DecodedText(_unmarked(content.decode(encoding, errors="replace")), codecs.lookup(encoding).name)
    for mark, marked in _MARKS:
        if content.startswith(mark):
            return DecodedText(_unmarked(content.decode(marked, errors="replace")), marked)
    if wide := _unmarked_utf_16(content):
        return DecodedText(_unmarked(content.decode(wide, errors="replace")), wide)
    try:
        text = _unmarked(content.decode(UTF_8))
    except UnicodeDecodeError:
        if _is_nearly_utf_8(content):
            return DecodedText(_unmarked(content.decode(UTF_8, errors="replace")), UTF_8, is_guess=True)
        return _likeliest(content)
    once = _encoded_once(text)
    return DecodedText(text, UTF_8) if once is None else DecodedText(once, UTF_8, is_guess=True)


def _unmarked(text: str) -> str:
    return text.lstrip("\ufeff")


def _unmarked_utf_16(content: bytes) -> str:
    """UTF-16 without a mark: half of the bytes of Latin text in it are zero."""
    sample = content[:4096]
    if len(sample) < 4 or sample.count(0) * 4 < len(sample):
        return ""
    return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"


def _is_nearly_utf_8(content: bytes) -> bool:
    """Whether most that is not ASCII is UTF-8: a file that was cut, or glued together."""
    broken = content.decode(UTF_8, errors="replace").count("\ufffd")
    good = sum(1 for char in content.decode(UTF_8, errors="ignore") if not char.isascii())
    return good > 2 * broken


def _encoded_once(text: str) -> str | None:
    """What was meant by text that was taken for Western and encoded once more ("CafÃ©"); `None` for other text."""
    if text.isascii():
        return None
    try:
        return _unmarked(text.encode(WESTERN).decode(UTF_8))
    except UnicodeError:
        return None


def _likeliest(content: bytes) -> DecodedText:
    has_mac_ends = b"\r" in content and b"\n" not in content
    best, most = DecodedText(content.decode(WESTERN, errors="replace"), WESTERN, is_guess=True), -1e9
    for encoding, likelihood in _CODE_PAGES:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        found = likelihood + sum(map(_plausibility, _unusual_words(text)))
        found += _MAC_ONLY_ENDS if has_mac_ends and encoding == "mac-roman" else 0
        if found > most:
            best, most = DecodedText(text, encoding, is_guess=True), found
    return best


def _unusual_words(text: str) -> Iterator[str]:
    """Each word that is not ASCII, once, with what stands around it."""
    return iter({found for found in _WORD.findall(text.replace(";", " ").replace("\t", " ")) if not found.isascii()})


def _plausibility(word: str) -> float:
    typographic = {found.start() for found in _TYPOGRAPHIC.finditer(word)}
    return sum(
        0.5 if at in typographic else _letter(char, word[at - 1] if at else "", word[at + 1 : at + 2])
        for at, char in enumerate(word)
        if not char.isascii()
    )


def _letter(char: str, before: str, after: str) -> float:
    """How likely a letter is where it stands between two others, either of which may be missing."""
    lower = char.lower()
    weight = _WEIGHT.get(lower, _UNUSUAL)
    if weight == _UNUSUAL:
        return weight
    if not (before.isalpha() or after.isalpha()):
        return _OUT_OF_PLACE
    if char.isupper():
        is_inside = before.islower() or (before.isupper() and after.islower())
        weight += _OUT_OF_PLACE if is_inside else _CAPITAL
        weight += _UNLIKELY if weight < 1 and (not before or char == "Õ") else 0
    elif after.isupper():
        weight += _OUT_OF_PLACE
    elif not before:
        weight += _UNLIKELY
    # A diaeresis on e and i parts them from the vowel before; "aá" and "oæ" are no letters of one word.
    is_doubled = unicodedata.normalize("NFD", lower)[0] == before.lower()
    if (
        (lower in "ëï" and before not in _VOWELS)
        or (lower in "æøœ" and before in _VOWELS)
        or (is_doubled and lower not in "éëö")
    ):
        weight += _UNLIKELY
    return weight
