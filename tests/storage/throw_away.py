"""A table that the code knows of for as long as a test lasts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.schema import SchemaItem

from storage.tables.columns import METADATA


@contextmanager
def throw_away_table(*parts: SchemaItem) -> Iterator[Table]:
    """A table made of `parts` beside all others, called `throw_away`; a database that is to have it makes it."""
    table = Table("throw_away", METADATA, *parts)
    try:
        yield table
    finally:
        METADATA.remove(table)


def row_id() -> Column[int]:
    """The key by which a row is known."""
    return Column("id", Integer, primary_key=True)


def client_id(name: str = "client_id", **options: object) -> Column[int]:
    """A reference to the client that a row belongs to."""
    return Column(name, ForeignKey("client.id"), nullable=False, **options)  # type: ignore[arg-type]
