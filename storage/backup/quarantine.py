"""A restored copy sends nothing until a person has said so: somebody may have heard it all before.

While the mark stands, the outbox gives out no notice (see `storage.repositories.outbox_claim`).
"""

from __future__ import annotations

from sqlalchemy import Connection

from storage.engines.postgres import PostgresDatabase
from storage.engines.sqlite import SqliteDatabase

SET_QUARANTINE = "INSERT INTO meta (key, value) VALUES ('quarantine', '1') ON CONFLICT (key) DO UPDATE SET value = '1'"
"""Marks a copy; the same on either database."""


async def is_quarantined(database: SqliteDatabase | PostgresDatabase) -> bool:
    """Whether the database is a restored copy that nobody has released yet."""
    return await database.transact(_is_marked)


async def release_quarantine(database: SqliteDatabase | PostgresDatabase) -> bool:
    """Let a restored copy send again; false when it was not held."""
    return await database.transact(_unmark)


def _is_marked(connection: Connection) -> bool:
    return connection.exec_driver_sql("SELECT 1 FROM meta WHERE key = 'quarantine'").first() is not None


def _unmark(connection: Connection) -> bool:
    return connection.exec_driver_sql("DELETE FROM meta WHERE key = 'quarantine'").rowcount == 1
