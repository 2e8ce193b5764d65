"""Going back and forth through a long list that is read from its newest entry down."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

MAX_DEPTH = 60
"""How many pages back a trail remembers; beyond them "newer" goes to the first page."""


class Cursor(Struct, frozen=True):
    """The last entry of a page: the next page holds what is older."""

    day: date
    id: int


class Trail(Struct, frozen=True):
    """The way from the first page to the present one: where each page after the first began."""

    cursors: tuple[Cursor, ...] = ()

    @property
    def before(self) -> tuple[date, int] | None:
        """What the present page is older than; `None` on the first page."""
        return (self.cursors[-1].day, self.cursors[-1].id) if self.cursors else None

    def older(self, last: Cursor) -> Trail:
        """The trail to the page after the present one, whose last entry is `last`."""
        return Trail((*self.cursors, last)[-MAX_DEPTH:])

    def newer(self) -> Trail:
        """The trail to the page before the present one; the first page has none before it and stays."""
        return Trail(self.cursors[:-1])

    def encoded(self) -> str:
        """The trail as short text that `trail_from` reads back."""
        return ",".join(f"{cursor.day.toordinal()}.{cursor.id}" for cursor in self.cursors)


def trail_from(text: str) -> Trail:
    """The trail that was encoded; raises `ValueError` for anything else."""
    try:
        return Trail(tuple(_cursor(part) for part in text.split(",") if text))
    except (ValueError, OverflowError) as error:
        raise ValueError("this is not a trail") from error


def _cursor(part: str) -> Cursor:
    day, _, entry = part.partition(".")
    return Cursor(date.fromordinal(int(day)), int(entry))
