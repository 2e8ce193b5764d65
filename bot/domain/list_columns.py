"""Which column of a list is which, by its heading and, where that leaves it open, by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.domain.list_headings import (
    CONTACT_NAME,
    OF_A_PROGRAM,
    RECORD_ID,
    TITLE,
    Column,
    Heading,
    headings_of,
    same_heading,
)
from bot.domain.list_table import TableLine

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "drs", "ir", "ing", "prof", "dhr", "mw", "mevr", "mevrouw"})
_NUMBER_AND_NAME = re.compile(r"(\d[\w.]*)\s*[-–—:|]\s*(\D.*)|(\d{3,})\s+(\D.*)", re.DOTALL)
_SPLIT_NAME = (Column.FIRST_NAME, Column.INFIX, Column.LAST_NAME)


class ListColumns:
    """The columns of one list. With `name_column` the one that is headed so holds the names."""

    def __init__(self, headings: Sequence[str], lines: Sequence[TableLine], name_column: str) -> None:
        self.headings = headings
        self._lines = lines
        self._known = headings_of(headings)
        if name_column:
            chosen = next(at for at, cell in enumerate(headings) if same_heading(cell, name_column))
            self._known = {at: one for at, one in self._known.items() if one.column is not Column.NAME}
            self._known[chosen] = Heading(Column.NAME)
        else:
            self._settle_bare_words()
            self._settle_names()
            self._settle_record_ids()
        self._places = {column: self._places_of(column) for column in Column}
        self._are_numbered = {at for at in self._places[Column.NAME] if self._has_numbers_in_front(at)}

    @property
    def has_names(self) -> bool:
        """Whether a column holds the names of clients."""
        return bool(self._places[Column.NAME])

    @property
    def can_name_clients(self) -> bool:
        """Whether clients can be named: by a column of their own, or as people."""
        return self.has_names or bool(self._places[Column.LAST_NAME])

    @property
    def owners_are_of_a_program(self) -> bool:
        """Whether the heading of the owners is one of another program, which has ids of its own."""
        return any(self._known[at].rank == OF_A_PROGRAM for at in self._places[Column.OWNER][:1])

    def understood(self) -> tuple[tuple[tuple[Column, str], ...], tuple[str, ...]]:
        """The headings that are used, each with what its column holds; and the others."""
        named = [(self._known.get(at), cell.strip()) for at, cell in enumerate(self.headings) if cell.strip()]
        used = [(one.column, cell) for one, cell in named if one is not None and one.column is not Column.OTHER]
        return tuple(used), tuple(cell for one, cell in named if one is None or one.column is Column.OTHER)

    def all_in(self, cells: Sequence[str], column: Column) -> list[str]:
        """What the columns for one thing say, those that serve best first."""
        return [cells[at] for at in self._places[column] if at < len(cells) and cells[at]]

    def first_in(self, cells: Sequence[str], column: Column) -> str:
        """The best of what the columns for one thing say; empty where they say nothing."""
        return next(iter(self.all_in(cells, column)), "")

    def name_in(self, cells: Sequence[str]) -> tuple[str, str]:
        """The client's name, and the number that stands in front of it where a column has both."""
        for at in self._places[Column.NAME]:
            name = cells[at] if at < len(cells) else ""
            if name and at in self._are_numbered and (found := _NUMBER_AND_NAME.fullmatch(name)):
                return found[2] or found[4], found[1] or found[3]
            if name:
                return name, ""
        return "", ""

    def person_in(self, cells: Sequence[str]) -> str:
        """A person's name that stands in columns of its own for first and last name."""
        return " ".join(filter(None, (self.first_in(cells, column) for column in _SPLIT_NAME)))

    def _places_of(self, column: Column) -> list[int]:
        places = [at for at, heading in self._known.items() if heading.column is column]
        return sorted(places, key=lambda at: (self._known[at].rank, at))

    def _values(self, place: int) -> list[str]:
        return [one.cells[place] for one in self._lines if place < len(one.cells) and one.cells[place]]

    def _settle_bare_words(self) -> None:
        """A column headed "Debiteur" or "Relatie" that holds numbers is that of the client numbers."""
        for at, heading in _bare(self._known).items():
            values = self._values(at)
            numbers = [value for value in values if not any(map(str.isalpha, value))]
            if len(numbers) * 2 > len(values):
                self._known[at] = Heading(Column.REFERENCE, heading.rank)

    def _settle_names(self) -> None:
        """A contact's name that stands beside the client's own is a contact, and a title is not always a name."""
        names = self._places_of(Column.NAME)
        for at in names:
            rank = self._known[at].rank
            if rank == TITLE and (at != names[0] or any(map(_is_title, self._values(at)))):
                self._known[at] = Heading(Column.OTHER)
            elif rank == CONTACT_NAME and at != names[0] and "contact" in self.headings[at].lower():
                self._known[at] = Heading(Column.CONTACTS)

    def _settle_record_ids(self) -> None:
        """In a list of people at clients a line is a person, and so is what it is numbered by."""
        if self._places_of(Column.NAME) and self._places_of(Column.LAST_NAME):
            for at in self._places_of(Column.REFERENCE):
                if self._known[at].rank == RECORD_ID:
                    self._known[at] = Heading(Column.OTHER)

    def _has_numbers_in_front(self, place: int) -> bool:
        """Whether each cell is a number and a name ("1001 - Umbra"), in more than one line: some names begin so."""
        values = self._values(place)
        return self._known[place].is_bare and len(values) > 1 and all(map(_NUMBER_AND_NAME.fullmatch, values))


def _bare(known: Mapping[int, Heading]) -> dict[int, Heading]:
    return {at: heading for at, heading in known.items() if heading.is_bare}


def _is_title(value: str) -> bool:
    return value.casefold().rstrip(".") in _TITLES
