"""Inserts in which a unique index decides who comes first, in the dialect of either database."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import sqlite

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

    Insert = postgresql.Insert | sqlite.Insert


def insert_if_absent(connection: Connection, table: Table) -> Insert:
    """An insert into `table` that does nothing where a unique index has the row already.

    With `RETURNING`, no row comes back when nothing was inserted.
    """
    return _insert_if_absent(connection.dialect.name, table)


def insert_or_update(connection: Connection, table: Table, key: tuple[str, ...]) -> Insert:
    """An insert into `table` that replaces every other column of the row that has the same `key`, a unique one."""
    return _insert_or_update(connection.dialect.name, table, key)


@lru_cache
def _insert_if_absent(dialect: str, table: Table) -> Insert:
    return _insert(dialect, table).on_conflict_do_nothing()


@lru_cache
def _insert_or_update(dialect: str, table: Table, key: tuple[str, ...]) -> Insert:
    insert = _insert(dialect, table).inline()
    replaced = [
        column.name for column in table.columns if column.name not in key and column is not table.autoincrement_column
    ]
    return insert.on_conflict_do_update(index_elements=key, set_={name: insert.excluded[name] for name in replaced})


def _insert(dialect: str, table: Table) -> Insert:
    if dialect != "postgresql":
        return sqlite.insert(table)
    # Its modules for every driver take megabytes, which a bot on SQLite has no use for.
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)
