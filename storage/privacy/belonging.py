"""Which rows belong to a client, told from the foreign keys alone, so that a later table is covered by itself.

The same holds for what belongs to a row of any other table: `of` is the one whose rows have the ids that are given.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, or_, select

from storage.tables.clients import CLIENT
from storage.tables.columns import METADATA


def references_to(table: Table) -> list[Column[Any]]:
    """Columns that refer to a row of `table` by its id, those left out that say which one it was then."""
    return [
        column
        for other in METADATA.sorted_tables
        for column in other.columns
        if column.references(table.c.id) and "history" not in column.info
    ]


def belonging_to(ids: Collection[int], of: Table = CLIENT) -> dict[Table, ColumnElement[bool]]:
    """For each table the condition of its rows that belong to those; parents before what belongs to them.

    A row belongs where a key that it cannot be without refers to one of them or to a row that belongs.
    """
    found: dict[Table, ColumnElement[bool]] = {}
    for table in METADATA.sorted_tables:
        keys = [
            column.in_(referred)
            for column in table.columns
            if not column.nullable and (referred := _going(column, found, ids, of)) is not None
        ]
        if keys:
            found[table] = or_(*keys)
    return found


def loose_ends(ids: Collection[int], of: Table = CLIENT) -> list[tuple[Column[Any], ColumnElement[bool]]]:
    """Columns that a row can be without, with the condition that they refer to one of those or to what belongs."""
    belonging = belonging_to(ids, of)
    return [
        (column, column.in_(referred))
        for table in METADATA.sorted_tables
        for column in table.columns
        if column.nullable and (referred := _going(column, belonging, ids, of)) is not None
    ]


def _going(
    column: Column[Any], belonging: dict[Table, ColumnElement[bool]], ids: Collection[int], of: Table
) -> list[int] | Select[tuple[int]] | None:
    """What of the column's values refers to something that goes; `None` where it refers to nothing of the kind."""
    if "history" in column.info:
        return None
    for key in column.foreign_keys:
        if key.column is of.c.id:
            return list(ids)
        if key.column.table in belonging:
            return select(key.column).where(belonging[key.column.table])
    return None
