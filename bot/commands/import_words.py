"""What `flagclient import` says of a list: how it was read, each line as it stands, and what is doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from bot.domain.list_doubts import Doubt, DoubtKind
from bot.domain.list_encoding import WESTERN
from bot.domain.list_headings import Column
from bot.usecases.clients.importing import ImportedLine
from bot.usecases.clients.list_file import ReadList

MAX_OF_A_KIND = 10
"""How many lines with the same doubt are named one by one."""

MAX_NAMES = 5

_COLUMNS = {
    Column.NAME: "names",
    Column.ALIASES: "other names",
    Column.CONTACTS: "contacts",
    Column.FIRST_NAME: "contacts",
    Column.INFIX: "contacts",
    Column.LAST_NAME: "contacts",
    Column.OWNER: "owners",
    Column.REFERENCE: "client numbers",
}

_DOUBTS = {
    DoubtKind.MORE_CELLS: "“{value}” has a cell too many (“{other}”): is a separator part of the text?",
    DoubtKind.LINE_BREAK: "“{value}” was written on more than one line: a quotation mark may be missing",
    DoubtKind.DAMAGED: "“{value}” looks damaged",
    DoubtKind.NO_LETTERS: "“{value}” has no letters: is that the name?",
    DoubtKind.SHORTENED_NUMBER: "the number of “{value}” was shortened by a spreadsheet: {other}",
    DoubtKind.SAME_NUMBER: "“{value}” has the same number as {other}",
    DoubtKind.NAMED_BY_CONTACT: "there is no other name than that of a contact, “{value}”",
    DoubtKind.SUPPLIER: "“{value}” is a “{other}” by this list",
    DoubtKind.LEFT_OUT: "left out, since it looks like no client: “{value}”",
    DoubtKind.SECOND_NAME: "“{value}” is another name of “{other}”, which keeps its number and owner",
    DoubtKind.OWNERS_ARE_NAMES: "owners are names (“{value}”), not user ids: nobody was made owner",
    DoubtKind.ALIAS_TAKEN: "“{value}” stays another name of “{other}”",
    DoubtKind.ALIKE: "“{value}” resembles “{other}”: are they one client?",
}


def reading_lines(read: ReadList) -> Iterator[str]:
    """How a file was read: where the headings are, and what each column was taken for."""
    listed = read.listed
    taken: dict[str, list[str]] = {}
    for column, heading in listed.used:
        taken.setdefault(_COLUMNS[column], []).append(f"“{heading}”")
    yield f"Read as {read.source}; the headings are on line {listed.headings_line}."
    yield "  " + "; ".join(f"{what}: {', '.join(headings)}" for what, headings in taken.items())
    if listed.unused:
        yield f"  not used: {', '.join(f'“{heading}”' for heading in listed.unused)}"


def guess_lines(read: ReadList, *, rare_only: bool = False) -> Iterator[str]:
    """The names by which somebody can tell that the encoding was guessed rightly; `rare_only` trusts the usual one."""
    special = [one.name for one in read.listed.clients if not one.name.isascii()]
    if read.is_guess and special and not (rare_only and read.encoding == WESTERN):
        names = ", ".join(f"“{name}”" for name in special[:MAX_NAMES])
        yield f"The encoding {read.encoding} is a guess: does {names} look right? If not, say which with --encoding."


def line_as_it_stands(line: ImportedLine) -> str:
    """A client as it stands after its line."""
    parts = [line.name]
    if line.reference:
        parts.append(f"number {line.reference}" + (f" (was {line.before})" if line.before else ""))
    for what, values in (("also called", line.aliases), ("contacts", line.contacts)):
        if values:
            parts.append(f"{what} {', '.join(values)}")
    if line.owner:
        parts.append(f"owner {line.owner}")
    return f"  line {line.line:>3}  {line.outcome:<9}  {' · '.join(parts)}"


def doubt_lines(doubts: Iterable[Doubt]) -> Iterator[str]:
    """What somebody should look at, by kind; of many of a kind the first few."""
    by_kind = [(kind, list(group)) for kind, group in groupby(sorted(doubts, key=_order), lambda doubt: doubt.kind)]
    if by_kind:
        yield "Look at these:"
    for kind, group in by_kind:
        for doubt in group[:MAX_OF_A_KIND]:
            said = _DOUBTS[kind].format(value=doubt.value, other=doubt.other)
            yield f"  line {doubt.line}: {said if said.endswith('?') else f'{said}.'}"
        if len(group) > MAX_OF_A_KIND:
            yield f"  and {len(group) - MAX_OF_A_KIND} more like these, lines {_numbers(group[MAX_OF_A_KIND:])}"


def _order(doubt: Doubt) -> tuple[int, int]:
    return list(DoubtKind).index(doubt.kind), doubt.line


def _numbers(doubts: list[Doubt]) -> str:
    shown = ", ".join(str(doubt.line) for doubt in doubts[:MAX_OF_A_KIND])
    return f"{shown}, …" if len(doubts) > MAX_OF_A_KIND else shown
