"""A row in every table that can hold something of a client, told from the tables themselves."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Column, Connection, Table, insert, select, update

from storage.privacy.belonging import belonging_to
from storage.tables.audit import AUDIT
from storage.tables.columns import METADATA, is_text
from tests.frozen_clock import MONDAY_MORNING

OF_A_CLIENT = list(belonging_to(()))
"""Tables whose rows belong to a client, in the order in which they can be filled."""

_VALUES: dict[type, Any] = {
    int: 1,
    float: 1.5,
    bool: True,
    Decimal: Decimal("1.50"),
    date: MONDAY_MORNING.date(),
    datetime: datetime(2026, 3, 2, 10),  # noqa: DTZ001 (a wall time)
    object: MONDAY_MORNING,
}


def fill_all_of(connection: Connection, ids: dict[str, int], word: str) -> dict[str, int]:
    """A row in every table of a client that has none yet of this client's; `word` stands wherever text can.

    `ids` are of a row by table name. Returns the ids of everything, that of the rows included.
    """
    known = dict(ids)
    belonging = belonging_to([ids["client"]])
    for table in OF_A_CLIENT:
        there = connection.execute(select(*table.primary_key.columns).where(belonging[table])).first()
        if there is not None:
            known[table.name] = there[0]
            continue
        values = {column.name: value for column in table.columns if (value := _value(column, known, word)) is not None}
        row = connection.execute(insert(table).returning(*table.primary_key.columns), _fitting(table, values)).one()
        known[table.name] = row[0]
    return known


def _value(column: Column[Any], known: dict[str, int], word: str) -> Any:
    for key in column.foreign_keys:
        return known[key.column.table.name]
    if column.primary_key and column.name == "id":
        return None
    if isinstance(column.type, JSON):
        return {"text": f"{word} {column}"}
    return f"{word} {column}" if is_text(column) else _VALUES[column.type.python_type]


def _fitting(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    if table.name == "discussion":
        values["number"] = values["client_id"]
    return values


def refer_to(connection: Connection, mine: dict[str, int], theirs: dict[str, int]) -> int:
    """Let my rows refer to theirs wherever a row can be without; how many columns that were."""
    changed = 0
    for table in OF_A_CLIENT:
        for column in table.columns:
            for key in column.foreign_keys:
                if column.nullable and key.column.table in OF_A_CLIENT:
                    this = table.c.id == mine[table.name]
                    values = {column.name: theirs[key.column.table.name]}
                    changed += connection.execute(update(table).where(this).values(values)).rowcount
    return changed


def counted(connection: Connection) -> dict[str, int]:
    """How many rows each table of a client has."""
    return {table.name: len(connection.execute(select(table)).all()) for table in OF_A_CLIENT}


def places_with(connection: Connection, word: str) -> list[str]:
    """Columns of any table in which `word` stands."""
    return [
        str(column)
        for table in METADATA.sorted_tables
        for row in connection.execute(select(table)).all()
        for column, value in zip(table.columns, row, strict=True)
        if word in str(value)
    ]


def trail(connection: Connection) -> list[Any]:
    """The audit trail as it is stored."""
    return list(connection.execute(select(AUDIT)))
