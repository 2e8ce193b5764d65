"""Files with lists of clients: from their bytes to rows of text, whichever program wrote them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from msgspec import Struct

from bot.domain.client_list import ClientList, NameColumnMissingError, read_client_list
from bot.domain.list_cells import with_characters
from bot.domain.list_encoding import DecodedText, decode
from bot.usecases.clients.markup_table import rows_in_markup

SEPARATORS = (",", ";", "\t", "|", "^", "~")
_NONE = "\x1f"
"""A separator that no text has, for a list of one column."""

_SAMPLE_LINES, _SAMPLE_LENGTH = 100, 20_000
_ZIP, _OLD_OFFICE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF"
_MARKUP = re.compile(r"\s*<(?:!doctype|!--|html|\?xml|table|meta|head|style|body|div)", re.IGNORECASE)
_NAMED_SEPARATOR = re.compile(r'"?sep=(.)"?[;,\t]*(?:\r\n|\r|\n|$)', re.IGNORECASE)


class ListUnreadableError(Exception):
    """A file is no list that can be read; the message says what it is and what to do."""


class ReadList(Struct, frozen=True):
    """What a file says, and how it was read; `source` is an encoding and a separator, or a sheet.

    `is_guess` says that the `encoding` was only the likeliest one: names have to be looked at.
    """

    listed: ClientList
    source: str
    encoding: str = ""
    is_guess: bool = False


def read_list_file(content: bytes, *, name_column: str = "", encoding: str = "") -> ReadList:
    """The list that a file holds: CSV in any common encoding and with any common separator, a workbook, or a table.

    Raises `NameColumnMissingError`, `ListUnreadableError`, or `LookupError` for an `encoding` that there is not.
    """
    if content.startswith((_ZIP, _OLD_OFFICE)):
        return _read_workbook(content, name_column)
    if content.startswith(_PDF):
        raise ListUnreadableError("it is a PDF; export the list as CSV or as an Excel file")
    decoded = decode(content, encoding)
    if _MARKUP.match(decoded.text):
        return _read_markup(decoded, name_column)
    listed, separator = _read_text(decoded.text, name_column)
    between = {_NONE: "one column", "\t": "separated by tabs"}.get(separator, f"separated by “{separator}”")
    return ReadList(listed, f"{decoded.encoding}, {between}", decoded.encoding, decoded.is_guess)


class _Dialect(Struct, frozen=True):
    """How the cells of a text are told apart."""

    separator: str
    quote: str = '"'
    escape: str | None = None


def _read_text(text: str, name_column: str) -> tuple[ClientList, str]:
    named = _NAMED_SEPARATOR.match(text)
    if named:
        text = text[named.end() :]
    text = with_characters(text, keeping=f'"\r\n{"".join(SEPARATORS)}')
    missing = NameColumnMissingError()
    for dialect in [_Dialect(named[1])] if named else _dialects(text):
        for rows in _tables(text, dialect):
            try:
                listed = read_client_list(rows, name_column)
            except NameColumnMissingError as error:
                missing = max(missing, error, key=lambda one: len(one.headings))
                continue
            if dialect.separator == "," and not named and len(rows[listed.headings_line - 1]) == 1:
                # One column, so the comma is part of a name: "Jansen, De Boer".
                return read_client_list(_rows(text, _Dialect(_NONE)), name_column), _NONE
            return listed, dialect.separator
    raise missing


def _dialects(text: str) -> Iterator[_Dialect]:
    """What to try: first what the look of the rows tells, then the other separators."""
    # Loaded where it is used: the bot never needs it.
    import clevercsv

    sample = "\n".join(text[:_SAMPLE_LENGTH].splitlines()[:_SAMPLE_LINES])
    try:
        found = clevercsv.Sniffer().sniff(sample, delimiters=list(SEPARATORS))
    except clevercsv.Error:
        found = None
    likely = (found.delimiter if found else "") or _NONE
    # An apostrophe begins names ("'t Hoekje"); it quotes only where it begins the headings as well.
    quote = "'" if found and found.quotechar == "'" and text.startswith("'") else '"'
    yield _Dialect(likely, quote, "\\" if '\\"' in sample else None)
    yield from (_Dialect(other) for other in (*SEPARATORS, _NONE) if other != likely)


def _tables(text: str, dialect: _Dialect) -> Iterator[list[list[str]]]:
    """The rows of a text; and, where each line was quoted as a whole, the rows within the quotes."""
    rows = _rows(text, dialect)
    yield rows
    has_one_cell_a_line = all(sum(map(bool, row)) <= 1 for row in rows)
    if has_one_cell_a_line and any(dialect.separator in cell for row in rows for cell in row):
        yield _rows("\n".join("".join(row) for row in rows), dialect)


def _rows(text: str, dialect: _Dialect) -> list[list[str]]:
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=dialect.separator,
        quotechar=dialect.quote,
        escapechar=dialect.escape,
        skipinitialspace=dialect.separator != "\t",
    )
    try:
        rows = list(reader)
    except csv.Error as error:
        raise ListUnreadableError(f"it cannot be read as CSV: {error}") from None
    if text.count(dialect.quote) % 2:
        _refuse_open_quote(rows, dialect)
    return rows


def _refuse_open_quote(rows: Sequence[Sequence[str]], dialect: _Dialect) -> None:
    """A quotation mark without another one swallows the lines behind it."""
    for line, row in enumerate(rows, start=1):
        for cell in row:
            if dialect.separator in cell and "\n" in cell.replace("\r", "\n").strip():
                raise ListUnreadableError(f"a quotation mark on line {line} is not closed")


def _read_markup(decoded: DecodedText, name_column: str) -> ReadList:
    rows = rows_in_markup(decoded.text)
    if not rows:
        raise ListUnreadableError("it is a web page or XML without a table; open it in Excel and save it as .xlsx")
    return ReadList(read_client_list(rows, name_column), "a table in a page", decoded.encoding, decoded.is_guess)


def _read_workbook(content: bytes, name_column: str) -> ReadList:
    # Loaded where it is used: the bot never needs it.
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        visible = [one.name for one in workbook.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        sheets = {name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in visible}
    except PasswordError:
        raise ListUnreadableError("a password protects it; save it from Excel without one") from None
    except CalamineError:
        raise ListUnreadableError("it is no workbook that can be read; save it from Excel as .xlsx or as CSV") from None
    missing = NameColumnMissingError()
    for name, cells in sheets.items():
        try:
            listed = read_client_list([[_shown(cell) for cell in row] for row in cells], name_column)
        except NameColumnMissingError as error:
            missing = max(missing, error, key=lambda one: len(one.headings))
        else:
            others = [other for other in visible if other != name and sheets[other]]
            return ReadList(listed, f"sheet “{name}”" + (f", not {', '.join(others)}" if others else ""))
    raise missing


def _shown(cell: object) -> str:
    """A cell as text: whole numbers without decimals, dates as ISO."""
    match cell:
        case bool():
            return ""
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return f"{cell:%Y-%m-%d}"
        case date():
            return cell.isoformat()
        case _:
            return str(cell)
