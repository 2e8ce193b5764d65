"""Lists of clients from elsewhere: where the headings are, and what each line says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.list_cells import cell_text, number_text
from bot.domain.list_columns import ListColumns
from bot.domain.list_doubts import Doubt, DoubtKind, doubts_about, doubts_about_numbers
from bot.domain.list_headings import Column, can_be_headings, headings_of, same_heading
from bot.domain.list_table import TableLine, sorted_lines

OWNER = "owner"
"""What an owner is called in sentences about one."""

MAX_PREAMBLE = 50
"""How many lines may stand above the headings."""

_SEVERAL = re.compile(r"[;|\n]")
_PLATFORM_ID = re.compile(r"[A-Z0-9]{8,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class NameColumnMissingError(Exception):
    """No heading says which column holds the names; `headings` are those of what is most like a row of headings."""

    def __init__(self, headings: Sequence[str] = ()) -> None:
        super().__init__()
        self.headings = tuple(headings)


class ListedClient(Struct, frozen=True):
    """A line of the list, `line` counted from 1 as a spreadsheet does; what it leaves empty it says nothing about."""

    line: int
    name: str
    aliases: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    owner: str = ""
    reference: str = ""


class ClientList(Struct, frozen=True):
    """What a list says: its clients in their order, and how it was read.

    `used` are the headings that were understood, each with what its column holds; `unused` those that were not.
    """

    clients: tuple[ListedClient, ...]
    headings_line: int = 1
    used: tuple[tuple[Column, str], ...] = ()
    unused: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def read_client_list(rows: Sequence[Sequence[str]], name_column: str = "") -> ClientList:
    """The clients of a list; what stands above its headings, and empty lines, are passed over.

    The headings are the row that has most headings in it that are known, or the first with `name_column`, which then
    holds the names. Several aliases or contacts of one client stand in one cell, with a semicolon, a bar or a new line
    between them, or in several columns. Raises `NameColumnMissingError`.
    """
    start = heading_row(rows, name_column)
    lines = [TableLine(line, list(map(cell_text, row))) for line, row in enumerate(rows[start + 1 :], start + 2)]
    columns = ListColumns(rows[start], lines, name_column)
    if not columns.can_name_clients:
        raise NameColumnMissingError(list(filter(None, map(str.strip, rows[start]))))
    clients, doubts = [], []
    for one, is_client in sorted_lines(rows[start], lines):
        if not is_client:
            doubts.append(Doubt(one.line, DoubtKind.LEFT_OUT, one.filled[0]))
            continue
        client = _client(columns, one)
        clients.append(client)
        doubts += _doubts(columns, one, client)
    doubts += doubts_about_numbers((client.line, client.name, client.reference) for client in clients)
    named = _owners_by_name(columns, clients)
    if named:
        doubts.append(Doubt(named[0].line, DoubtKind.OWNERS_ARE_NAMES, named[0].owner))
        clients = [replace(client, owner="") for client in clients]
    used, unused = columns.understood()
    return ClientList(tuple(clients), start + 1, used, unused, tuple(sorted(doubts, key=lambda doubt: doubt.line)))


def heading_row(rows: Sequence[Sequence[str]], name_column: str = "") -> int:
    """The index of the row with the headings; raises `NameColumnMissingError`.

    Of two rows that are as likely the first counts, unless it is one of the pairs above a table ("Bedrijf", "Acme").
    """
    best, most, gap = -1, 0, False
    for at, row in enumerate(rows[:MAX_PREAMBLE]):
        if not any(cell.strip() for cell in row):
            gap = True
            continue
        if name_column:
            if any(same_heading(cell, name_column) for cell in row):
                return at
            continue
        found = headings_of(row)
        if not can_be_headings(found):
            continue
        is_pair = best >= 0 and gap and sum(bool(cell.strip()) for cell in rows[best]) <= 2
        if len(found) > most or (len(found) == most and is_pair and list(row) != list(rows[best])):
            best, most, gap = at, len(found), False
    if best < 0:
        widest = max(rows[:MAX_PREAMBLE], key=lambda row: sum(map(bool, map(str.strip, row))), default=())
        raise NameColumnMissingError([cell.strip() for cell in widest if cell.strip()])
    return best


def _client(columns: ListColumns, one: TableLine) -> ListedClient:
    name, number = columns.name_in(one.cells)
    person = columns.person_in(one.cells)
    contacts = list(_parts(columns, one, Column.CONTACTS))
    if not name:
        # A private person, as most programs keep one.
        name = person or (contacts[0] if len(contacts) == 1 else "")
        contacts = [contact for contact in contacts if contact != name]
    if person and person != name and person not in contacts:
        contacts.append(person)
    return ListedClient(
        one.line,
        name,
        tuple(_parts(columns, one, Column.ALIASES)),
        tuple(contacts),
        columns.first_in(one.cells, Column.OWNER),
        number_text(columns.first_in(one.cells, Column.REFERENCE)) or number,
    )


def _parts(columns: ListColumns, one: TableLine, column: Column) -> Iterator[str]:
    for cell in columns.all_in(one.cells, column):
        yield from filter(None, map(str.strip, _SEVERAL.split(cell)))


def _doubts(columns: ListColumns, one: TableLine, client: ListedClient) -> Iterator[Doubt]:
    if columns.has_names and client.name and not columns.name_in(one.cells)[0]:
        yield Doubt(one.line, DoubtKind.NAMED_BY_CONTACT, client.name)
    if beyond := " ".join(one.cells[len(columns.headings) :]).strip():
        yield Doubt(one.line, DoubtKind.MORE_CELLS, client.name, beyond)
    said = (client.name, *client.aliases, *client.contacts, client.reference)
    yield from doubts_about(one.line, client.name, said, client.reference, one.cells)


def _owners_by_name(columns: ListColumns, clients: Sequence[ListedClient]) -> list[ListedClient]:
    """The clients with an owner, where what stands there are no user ids: other programs know owners by other names."""
    owned = [client for client in clients if client.owner]
    is_name = _is_of_a_program if columns.owners_are_of_a_program else _is_person_name
    return owned if all(is_name(client.owner) for client in owned) else []


def _is_person_name(text: str) -> bool:
    """Whether a text is the name of a person, and no platform's user id or address."""
    return any(map(str.isalpha, text)) and not any(char.isdigit() or char in "@_<>" for char in text)


def _is_of_a_program(text: str) -> bool:
    """Whether an owner is called as other programs do: by a name, an address or a number."""
    return _PLATFORM_ID.fullmatch(text) is None
