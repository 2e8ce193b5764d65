"""Whether a column holds one of several values, said so that a statement can be prepared.

What SQLAlchemy makes of `in_` with plain values is written anew each time it is run, for as many as there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Connection, bindparam, func, literal, select


def one_of(column: Column[Any], values: Iterable[object]) -> ColumnElement[bool]:
    """Whether a column holds one of `values`, at least one, which belong to the statement."""
    return column.in_([literal(value, column.type) for value in values])


def among(connection: Connection, column: Column[Any], name: str) -> ColumnElement[bool]:
    """Whether a column holds one of those in the list that is given under `name` when the statement is run.

    One list is one parameter: an array on PostgreSQL, and JSON on SQLite, which has no arrays.
    """
    if connection.dialect.name != "postgresql":
        given = func.json_each(bindparam(name, type_=JSON)).table_valued("value")
        return column.in_(select(given.c.value))
    # Its modules take megabytes, which a bot on SQLite has no use for.
    from sqlalchemy.dialects.postgresql import ARRAY

    return column == func.any(bindparam(name, type_=ARRAY(column.type)))
