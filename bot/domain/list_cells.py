"""What a cell of a list says, once what spreadsheets and web programs put around it is gone."""

from __future__ import annotations

import html
import re

_GUARDED = re.compile(r'\s*=\s*"(.*)"\s*', re.DOTALL)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_RULE = re.compile(r"[-–—=_.:+ ]+")
"""A line that somebody drew, or a dash for nothing."""

_NOTHING = frozenset({"NULL", "(null)", "N/A", "n/a", "n.v.t.", "nvt", "nan", "NaN"}) | {
    "(leeg)",
    "(blank)",
    "(empty)",
}
_WHOLE_DECIMAL = re.compile(r"([0-9]+)[.,]00?")
_SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)
_SPREADSHEET_ERROR = re.compile(r"#(?:N/A|N/B|REF!|VERW!|NAME\?|NAAM\?|VALUE!|WAARDE!|DIV/0!|DEEL/0!|NUM!|GETAL!|#+)")
_DAMAGE = re.compile("\ufffd|[\u0080-\u009f]|Ã[\u0080-\u00bf©«¶¼¤ ]|â€|(?<=\\w)\\?(?=\\w)")


def cell_text(cell: str) -> str:
    """The text of a cell: without the guard that keeps leading zeros (`="001"`), and with entities as characters."""
    guarded = _GUARDED.fullmatch(cell)
    text = guarded[1].replace('""', '"') if guarded else cell
    text = with_characters(text).strip()
    return "" if text in _NOTHING or _RULE.fullmatch(text) else text


def with_characters(text: str, keeping: str = "") -> str:
    """`text` with what web programs write for characters (`&amp;`, `&#039;`), also twice, turned back into them.

    Those that stand for a character in `keeping` stay.
    """

    def character(found: re.Match[str]) -> str:
        said = html.unescape(found[0])
        return found[0] if said in keeping else said

    for _ in range(2):
        if "&" not in text:
            break
        text = _ENTITY.sub(character, text)
    return text


def number_text(cell: str) -> str:
    """A client number as it was meant: a spreadsheet writes 1001 as "1001.0", and guards "001" by an apostrophe."""
    text = cell.removeprefix("'")
    whole = _WHOLE_DECIMAL.fullmatch(text)
    return whole[1] if whole else text


def is_shortened_number(cell: str) -> bool:
    """Whether a spreadsheet shortened a long number, such as to `1,23457E+11`."""
    return _SHORTENED.fullmatch(cell) is not None


def is_spreadsheet_error(cell: str) -> bool:
    """Whether a spreadsheet shows an error instead of a value, such as `#N/A`, or signs for a column too narrow."""
    return _SPREADSHEET_ERROR.fullmatch(cell) is not None


def looks_damaged(text: str) -> bool:
    """Whether letters were lost or read in another encoding than they were written in: "Caf? Ubel" keeps quiet,
    "Jos?phine" and "CafÃ©" do not.
    """
    return _DAMAGE.search(text) is not None
