"""Lists of clients from elsewhere: where the headings are, which column is which, and what each line says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.list_cells import (
    cell_text,
    is_shortened_number,
    is_spreadsheet_error,
    looks_damaged,
    number_text,
)
from bot.domain.list_headings import (
    CONTACT_NAME,
    OF_A_PROGRAM,
    RECORD_ID,
    TITLE,
    Column,
    Heading,
    can_be_headings,
    headings_of,
    same_heading,
)

OWNER = "owner"
"""What an owner is called in sentences about one."""

MAX_PREAMBLE = 50
"""How many lines may stand above the headings."""

_SEVERAL = re.compile(r"[;|\n]")
_NUMBER_AND_NAME = re.compile(r"(\d[\w.]*)\s*(?:[-–—:|]\s*|\s)(\D.*)", re.DOTALL)
_SUMS = frozenset({"totaal", "total", "totalen", "totals", "subtotaal", "subtotal", "eindtotaal", "grand total", "som"})
_COUNTED = re.compile(
    r"(?:(?:totaal|total) )?(?:aantal|number of|count)\b.*|\d+ (?:records?|rows?|rijen|regels|relaties|klanten)",
    re.IGNORECASE,
)
_SUPPLIERS = frozenset({"leverancier", "crediteur", "supplier", "vendor", "creditor"})
_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "drs", "ir", "ing", "prof", "dhr", "mw", "mevr", "mevrouw", "de heer"}
)
_PLATFORM_ID = re.compile(r"[A-Z0-9]{8,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SPLIT_NAME = (Column.FIRST_NAME, Column.INFIX, Column.LAST_NAME)


class NameColumnMissingError(Exception):
    """No heading says which column holds the names; `headings` are those of what is most like a row of headings."""

    def __init__(self, headings: Sequence[str] = ()) -> None:
        super().__init__()
        self.headings = tuple(headings)


class DoubtKind(StrEnum):
    """What somebody should look at before a line counts."""

    MORE_CELLS = "more cells"
    LINE_BREAK = "line break"
    DAMAGED = "damaged"
    NO_LETTERS = "no letters"
    SHORTENED_NUMBER = "shortened number"
    SAME_NUMBER = "same number"
    NAMED_BY_CONTACT = "named by contact"
    SUPPLIER = "supplier"
    LEFT_OUT = "left out"
    SECOND_NAME = "second name"
    OWNERS_ARE_NAMES = "owners are names"
    ALIAS_TAKEN = "alias taken"
    ALIKE = "alike"


class Doubt(Struct, frozen=True):
    """A line of the list that may not mean what it seems to; `value` is what is doubtful, `other` what it meets."""

    line: int
    kind: DoubtKind
    value: str = ""
    other: str = ""


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
    return _List(rows, start, name_column).read()


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


class _List:
    """One list while it is read."""

    def __init__(self, rows: Sequence[Sequence[str]], start: int, name_column: str) -> None:
        self._headings = rows[start]
        self._start = start
        self._lines = [
            (line, [cell_text(cell) for cell in row]) for line, row in enumerate(rows[start + 1 :], start=start + 2)
        ]
        self._known = headings_of(self._headings)
        self._doubts: list[Doubt] = []
        if name_column:
            chosen = next(at for at, cell in enumerate(self._headings) if same_heading(cell, name_column))
            self._known = {at: one for at, one in self._known.items() if one.column is not Column.NAME}
            self._known[chosen] = Heading(Column.NAME)
        else:
            self._settle_bare_words()
        self._names = self._places(Column.NAME)
        self._are_numbered = {at for at in self._names if self._known[at].is_bare and self._has_numbers_in_front(at)}
        if not self._names and not self._places(Column.LAST_NAME):
            raise NameColumnMissingError([cell.strip() for cell in self._headings if cell.strip()])

    def read(self) -> ClientList:
        """The clients, the headings and the doubts."""
        clients = self._without_owners_by_name(tuple(self._clients()))
        self._doubt_same_numbers(clients)
        used = [(self._known[at].column, self._headings[at].strip()) for at in sorted(self._known)]
        unknown = [cell.strip() for at, cell in enumerate(self._headings) if at not in self._known and cell.strip()]
        return ClientList(
            clients,
            self._start + 1,
            tuple(pair for pair in used if pair[0] is not Column.OTHER),
            tuple([heading for column, heading in used if column is Column.OTHER] + unknown),
            tuple(sorted(self._doubts, key=lambda doubt: doubt.line)),
        )

    def _clients(self) -> Iterator[ListedClient]:
        footer = self._footer()
        last = max((line for line, cells in self._lines if any(cells)), default=0)
        for line, cells in self._lines:
            if not any(cells) or self._are_headings_again(cells):
                continue
            if line in footer or (line == last and self._is_sum(cells)):
                self._doubt(line, DoubtKind.LEFT_OUT, next(filter(None, cells)))
                continue
            one = self._client(line, cells)
            self._doubt_line(one, cells)
            yield one

    def _are_headings_again(self, cells: Sequence[str]) -> bool:
        """Whether a line repeats the headings, as printed pages do."""
        filled = [at for at, cell in enumerate(cells) if cell]
        return all(at < len(self._headings) and same_heading(cells[at], self._headings[at]) for at in filled)

    def _footer(self) -> set[int]:
        """The lines below the table: after an empty one, with one cell each where those of the table have more."""
        widths = [sum(map(bool, cells)) for _, cells in self._lines if any(cells)]
        footer: set[int] = set()
        if not widths or max(widths[0], sorted(widths)[len(widths) // 2]) == 1:
            return footer
        for line, cells in reversed(self._lines):
            if not any(cells) and footer:
                return footer
            if sum(map(bool, cells)) > 1:
                break
            if any(cells):
                footer.add(line)
        return set()

    def _is_sum(self, cells: Sequence[str]) -> bool:
        """Whether a line adds up or counts the lines above, in a table that has more than one column."""
        said, *others = filter(None, cells)
        is_sum = said.casefold().strip(" :") in _SUMS or _COUNTED.fullmatch(said) is not None
        return is_sum and len(self._headings) > 1 and not any(any(map(str.isalpha, other)) for other in others)

    def _client(self, line: int, cells: Sequence[str]) -> ListedClient:
        reference = next((number_text(cells[at]) for at in self._filled(Column.REFERENCE, cells)), "")
        person = self._split_name(cells)
        contacts = [part for at in self._filled(Column.CONTACTS, cells) for part in _several(cells[at])]
        name, is_fallback = "", False
        for at in self._filled(Column.NAME, cells):
            name = cells[at]
            if at in self._are_numbered and (found := _NUMBER_AND_NAME.fullmatch(name)):
                reference, name = reference or found[1], found[2]
            break
        if not name:
            name, is_fallback = person or (contacts[0] if len(contacts) == 1 else ""), bool(self._names)
        if name and is_fallback:
            self._doubt(line, DoubtKind.NAMED_BY_CONTACT, name)
        if person and person != name and person not in contacts:
            contacts.append(person)
        return ListedClient(
            line,
            name,
            tuple(part for at in self._filled(Column.ALIASES, cells) for part in _several(cells[at])),
            tuple(contact for contact in contacts if contact != name or not is_fallback),
            next((cells[at] for at in self._filled(Column.OWNER, cells)), ""),
            reference,
        )

    def _split_name(self, cells: Sequence[str]) -> str:
        """A person's name that stands in columns of its own for first and last name."""
        parts = [next((cells[at] for at in self._filled(column, cells)), "") for column in _SPLIT_NAME]
        return " ".join(part for part in parts if part)

    def _places(self, column: Column) -> list[int]:
        """Where the columns for one thing are, those that serve best first."""
        places = [at for at, heading in self._known.items() if heading.column is column]
        return sorted(places, key=lambda at: (self._known[at].rank, at))

    def _filled(self, column: Column, cells: Sequence[str]) -> Iterator[int]:
        return (at for at in self._places(column) if at < len(cells) and cells[at])

    def _values(self, place: int) -> list[str]:
        return [cells[place] for _, cells in self._lines if place < len(cells) and cells[place]]

    def _settle_bare_words(self) -> None:
        """A column headed "Debiteur" or "Relatie" that holds numbers is that of the client numbers.

        A contact's name that stands beside the client's own is a contact.
        """
        for at, heading in list(self._known.items()):
            if heading.is_bare and (values := self._values(at)):
                numbers = [value for value in values if not any(map(str.isalpha, value))]
                if len(numbers) * 2 > len(values):
                    self._known[at] = Heading(Column.REFERENCE)
        names = self._places(Column.NAME)
        for at in names:
            rank = self._known[at].rank
            if rank == TITLE and (at != names[0] or any(map(_is_title, self._values(at)))):
                self._known[at] = Heading(Column.OTHER)
            elif rank == CONTACT_NAME and at != names[0] and "contact" in self._headings[at].lower():
                self._known[at] = Heading(Column.CONTACTS)
        if self._places(Column.NAME) and self._places(Column.LAST_NAME):
            # A line is a person, and so is what it is numbered by.
            for at in self._places(Column.REFERENCE):
                if self._known[at].rank == RECORD_ID:
                    self._known[at] = Heading(Column.OTHER)

    def _has_numbers_in_front(self, place: int) -> bool:
        values = self._values(place)
        return bool(values) and all(_NUMBER_AND_NAME.fullmatch(value) for value in values)

    def _doubt(self, line: int, kind: DoubtKind, value: str = "", other: str = "") -> None:
        self._doubts.append(Doubt(line, kind, value, other))

    def _doubt_line(self, one: ListedClient, cells: Sequence[str]) -> None:
        if beyond := " ".join(cells[len(self._headings) :]).strip():
            self._doubt(one.line, DoubtKind.MORE_CELLS, one.name, beyond)
        if "\n" in one.name or "\r" in one.name:
            self._doubt(one.line, DoubtKind.LINE_BREAK, " ".join(one.name.split()))
        said = (one.name, *one.aliases, *one.contacts, one.reference)
        if damaged := next(filter(looks_damaged, said), None) or next(filter(is_spreadsheet_error, said), None):
            self._doubt(one.line, DoubtKind.DAMAGED, damaged)
        elif one.name and not any(map(str.isalpha, one.name)):
            self._doubt(one.line, DoubtKind.NO_LETTERS, one.name)
        if is_shortened_number(one.reference):
            self._doubt(one.line, DoubtKind.SHORTENED_NUMBER, one.name, one.reference)
        if kind := next((cell for cell in cells if cell.casefold() in _SUPPLIERS), ""):
            self._doubt(one.line, DoubtKind.SUPPLIER, one.name, kind)

    def _without_owners_by_name(self, clients: tuple[ListedClient, ...]) -> tuple[ListedClient, ...]:
        """The clients without owners where what stands there are names of people: other programs do that."""
        owners = [one for one in clients if one.owner]
        is_of_a_program = any(self._known[at].rank == OF_A_PROGRAM for at in self._places(Column.OWNER)[:1])
        is_name = _is_of_a_program if is_of_a_program else _is_person_name
        if not owners or not all(is_name(one.owner) for one in owners):
            return clients
        self._doubt(owners[0].line, DoubtKind.OWNERS_ARE_NAMES, owners[0].owner)
        return tuple(replace(one, owner="") for one in clients)

    def _doubt_same_numbers(self, clients: Sequence[ListedClient]) -> None:
        first: dict[str, ListedClient] = {}
        for one in clients:
            if one.reference:
                before = first.setdefault(one.reference, one)
                if before.name.casefold() != one.name.casefold():
                    self._doubt(one.line, DoubtKind.SAME_NUMBER, one.name, f"{before.name} ({one.reference})")


def _is_title(value: str) -> bool:
    return value.casefold().rstrip(".") in _TITLES


def _is_person_name(text: str) -> bool:
    """Whether a text is the name of a person, and no platform's user id or address."""
    return any(map(str.isalpha, text)) and not any(char.isdigit() or char in "@_<>" for char in text)


def _is_of_a_program(text: str) -> bool:
    """Whether an owner is called as other programs do: by a name, an address or a number."""
    return _PLATFORM_ID.fullmatch(text) is None


def _several(cell: str) -> list[str]:
    return [part.strip() for part in _SEVERAL.split(cell) if part.strip()]
