"""The lines of a table below its headings: which are clients, and which the program that wrote it added."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from bot.domain.list_headings import same_heading

_SUMS = frozenset({"totaal", "total", "totalen", "totals", "subtotaal", "subtotal", "eindtotaal", "grand total", "som"})
_COUNTED = re.compile(
    r"(?:(?:totaal|total) )?(?:aantal|number of|count)\b.*|\d+ (?:records?|rows?|rijen|regels|relaties|klanten)",
    re.IGNORECASE,
)


class TableLine(Struct, frozen=True):
    """A line and its cells; `line` is counted from 1 as a spreadsheet does."""

    line: int
    cells: Sequence[str]

    @property
    def filled(self) -> list[str]:
        """The cells that say something."""
        return [cell for cell in self.cells if cell]


def sorted_lines(headings: Sequence[str], lines: Sequence[TableLine]) -> Iterator[tuple[TableLine, bool]]:
    """Each line that says something, with whether it is a client's; headings that are repeated are passed over."""
    footer = _footer(lines)
    last = max((one.line for one in lines if one.filled), default=0)
    for one in lines:
        if one.filled and not _are_headings(one, headings):
            is_sum = one.line == last and len(headings) > 1 and _adds_up(one)
            yield one, not is_sum and one.line not in footer


def _are_headings(one: TableLine, headings: Sequence[str]) -> bool:
    """Whether a line repeats the headings, as printed pages do."""
    filled = [at for at, cell in enumerate(one.cells) if cell]
    return all(at < len(headings) and same_heading(one.cells[at], headings[at]) for at in filled)


def _footer(lines: Sequence[TableLine]) -> set[int]:
    """The lines below the table: after an empty one, with one cell each where those of the table have more."""
    widths = [len(one.filled) for one in lines if one.filled]
    footer: set[int] = set()
    if not widths or max(widths[0], sorted(widths)[len(widths) // 2]) == 1:
        return footer
    for one in reversed(lines):
        if not one.filled and footer:
            return footer
        if len(one.filled) > 1:
            break
        if one.filled:
            footer.add(one.line)
    return set()


def _adds_up(one: TableLine) -> bool:
    """Whether a line is a sum or a count of those above."""
    said, *others = one.filled
    is_sum = said.casefold().strip(" :") in _SUMS or _COUNTED.fullmatch(said) is not None
    return is_sum and not any(any(map(str.isalpha, other)) for other in others)
