"""A list of clients as a team keeps it in a spreadsheet: which column is which, and what each line says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

NAME, ALIASES, CONTACTS, OWNER, REFERENCE = "name", "aliases", "contacts", "owner", "reference"

COLUMNS: Mapping[str, frozenset[str]] = {
    NAME: frozenset({"name", "client", "client name", "naam", "klant", "klantnaam"}),
    ALIASES: frozenset({"alias", "aliases", "other names", "aliassen", "andere namen"}),
    CONTACTS: frozenset({"contact", "contacts", "contact person", "contactpersoon", "contactpersonen"}),
    OWNER: frozenset({"owner", "account manager", "eigenaar", "accountmanager"}),
    REFERENCE: frozenset({"reference", "client number", "kenmerk", "klantnummer", "debiteurnummer"}),
}
"""What the heading of each column may be, in small letters."""

_BETWEEN = re.compile(r"[;|\n]")


class NameColumnMissingError(Exception):
    """No heading says which column holds the names."""


class ListedClient(Struct, frozen=True):
    """A line of the list, `line` counted from 1 with the headings; what it leaves empty it says nothing about."""

    line: int
    name: str
    aliases: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    owner: str = ""
    reference: str = ""


def read_client_list(rows: Iterable[Sequence[str]]) -> list[ListedClient]:
    """The clients of a list whose first row is its headings, in their order; empty lines are passed over.

    Several aliases or contacts of one client stand in one cell, with a semicolon, a bar or a new line between them.
    Columns that we have no use for are ignored. Raises `NameColumnMissingError`.
    """
    numbered = enumerate(rows, start=1)
    _, headings = next(numbered, (0, ()))
    at = _columns(headings)
    if NAME not in at:
        raise NameColumnMissingError
    return [_client(line, row, at) for line, row in numbered if any(cell.strip() for cell in row)]


def _columns(headings: Sequence[str]) -> dict[str, int]:
    """Where each column is; of two with the same meaning the first counts."""
    at: dict[str, int] = {}
    for place, heading in enumerate(headings):
        said = " ".join(heading.lower().split())
        for column, headed in COLUMNS.items():
            if said in headed:
                at.setdefault(column, place)
    return at


def _client(line: int, row: Sequence[str], at: Mapping[str, int]) -> ListedClient:
    def cell(column: str) -> str:
        place = at.get(column)
        return row[place].strip() if place is not None and place < len(row) else ""

    def several(column: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in _BETWEEN.split(cell(column)) if part.strip())

    return ListedClient(line, cell(NAME), several(ALIASES), several(CONTACTS), cell(OWNER), cell(REFERENCE))
