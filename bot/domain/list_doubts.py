"""What somebody should look at in a list of clients before it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from bot.domain.list_cells import is_shortened_number, is_spreadsheet_error, looks_damaged

_SUPPLIERS = frozenset({"leverancier", "crediteur", "supplier", "vendor", "creditor"})


class DoubtKind(StrEnum):
    """Why a line may not mean what it seems to."""

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
    """A line of the list that is doubtful; `value` is what is, and `other` what it meets."""

    line: int
    kind: DoubtKind
    value: str = ""
    other: str = ""


def doubts_about(line: int, name: str, said: Sequence[str], reference: str, cells: Sequence[str]) -> Iterator[Doubt]:
    """What is doubtful about the texts of a line: a client's name, all that is `said` of it, its number, its cells."""
    if "\n" in name or "\r" in name:
        yield Doubt(line, DoubtKind.LINE_BREAK, " ".join(name.split()))
    if damaged := next((text for text in said if looks_damaged(text) or is_spreadsheet_error(text)), None):
        yield Doubt(line, DoubtKind.DAMAGED, damaged)
    elif name and not any(map(str.isalpha, name)):
        yield Doubt(line, DoubtKind.NO_LETTERS, name)
    if is_shortened_number(reference):
        yield Doubt(line, DoubtKind.SHORTENED_NUMBER, name, reference)
    if kind := next((cell for cell in cells if cell.casefold() in _SUPPLIERS), ""):
        yield Doubt(line, DoubtKind.SUPPLIER, name, kind)


def doubts_about_numbers(clients: Iterable[tuple[int, str, str]]) -> Iterator[Doubt]:
    """Clients that share a number with one above; each is a line, a name and a number, if any."""
    first: dict[str, str] = {}
    for line, name, reference in clients:
        before = first.setdefault(reference, name) if reference else name
        if before.casefold() != name.casefold():
            yield Doubt(line, DoubtKind.SAME_NUMBER, name, f"{before} ({reference})")
