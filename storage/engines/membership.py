"""Whether a column holds one of several values, said so that a statement can be prepared.

What SQLAlchemy makes of `in_` with plain values is written anew each time it is run, for as many as there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Connection, bindparam, func, literal, select
from sqlalchemy.types import TypeEngine


def one_of(column: Column[Any], values: Iterable[object]) -> ColumnElement[bool]:
    """Whether a column holds one of `values`, at least one, which belong to the statement."""
    return column.in_([literal(value, column.type) for value in values])


def among(connection: Connection, column: Column[Any], name: str) -> ColumnElement[bool]:
    """Whether a column holds one of those in the list that is given under `name` when the statement is run.

    One list is one parameter: an array on PostgreSQL, and JSON on SQLite, which has no arrays.
    """
    given = bindparam(name, type_=list_type(connection, column.type))
    if connection.dialect.name != "postgresql":
        return column.in_(select(func.json_each(given).table_valued("value").c.value))
    return column == func.any(given)


def list_type(connection: Connection, of: TypeEngine[Any]) -> TypeEngine[Any]:
    """The type of a parameter that is a list of values."""
    if connection.dialect.name != "postgresql":
        return JSON()
    # Its modules take megabytes, which a bot on SQLite has no use for.
    from sqlalchemy.dialects.postgresql import ARRAY

    return ARRAY(of)
