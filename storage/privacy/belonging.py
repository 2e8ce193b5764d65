"""Which rows belong to a client, told from the foreign keys alone, so that a later table is covered by itself."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Column, ColumnElement, Select, Table, or_, select

from storage.tables.audit import AUDIT
from storage.tables.clients import CLIENT
from storage.tables.columns import METADATA


def belonging_to(client_ids: Collection[int]) -> dict[Table, ColumnElement[bool]]:
    """For each table the condition of its rows that belong to the clients; parents before what belongs to them.

    A row belongs where a key that it cannot be without refers to a client or to a row that belongs. The clients
    themselves and the audit trail are left out.
    """
    found: dict[Table, ColumnElement[bool]] = {}
    for table in METADATA.sorted_tables:
        if table in (CLIENT, AUDIT):
            continue
        keys = [
            column.in_(referred)
            for column in table.columns
            if not column.nullable and (referred := _going(column, found, client_ids)) is not None
        ]
        if keys:
            found[table] = or_(*keys)
    return found


def loose_ends(client_ids: Collection[int]) -> list[tuple[Column[int], ColumnElement[bool]]]:
    """Columns that a row can be without, with the condition that they refer to a row that belongs, or to a client."""
    belonging = belonging_to(client_ids)
    return [
        (column, column.in_(referred))
        for table in METADATA.sorted_tables
        if table not in (CLIENT, AUDIT)
        for column in table.columns
        if column.nullable and (referred := _going(column, belonging, client_ids)) is not None
    ]


def _going(
    column: Column[int], belonging: dict[Table, ColumnElement[bool]], client_ids: Collection[int]
) -> list[int] | Select[tuple[int]] | None:
    """What of the column's values refers to something that goes; `None` where it refers to nothing of the kind."""
    for key in column.foreign_keys:
        if key.column is CLIENT.c.id:
            return list(client_ids)
        if key.column.table in belonging:
            return select(key.column).where(belonging[key.column.table])
    return None
