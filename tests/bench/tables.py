"""Aligned tables of plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.bench.figures import Budget

NOTHING = "–"


@dataclass
class Table:
    """A titled table; the first column is aligned left, the others right. `note` says how to read it."""

    title: str
    columns: Sequence[str]
    note: str = ""
    rows: list[Sequence[str]] = field(default_factory=list)

    def add(self, *cells: str) -> None:
        """Add a row, with a cell for each column."""
        self.rows.append(cells)

    def __str__(self) -> str:
        lines = [self.columns, *self.rows]
        widths = [max(len(line[at]) for line in lines) for at in range(len(self.columns))]
        shown = ["  ".join(_aligned(line, widths)).rstrip() for line in lines]
        note = [f"({self.note})"] if self.note else []
        return "\n".join([self.title, *note, shown[0], "-" * max(map(len, shown)), *shown[1:]])


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    first, *others = zip(cells, widths, strict=True)
    return [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]


def judged(figure: float, budget: Budget | None, digits: int = 2) -> tuple[str, str, str]:
    """A figure, its budget and the verdict, as three cells."""
    if budget is None:
        return f"{figure:.{digits}f}", NOTHING, ""
    return f"{figure:.{digits}f}", str(budget), budget.verdict(figure)


def milliseconds(seconds: float) -> str:
    """A duration as a cell, in milliseconds."""
    return f"{seconds * 1000:.2f}"
