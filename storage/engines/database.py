"""Opening the database that a URL names."""

from __future__ import annotations

from pathlib import Path

from storage.engines.locations import parse_url
from storage.engines.postgres import PostgresDatabase
from storage.engines.sqlite import SqliteDatabase


def open_database(url: str) -> SqliteDatabase | PostgresDatabase:
    """The database at `url`, ready for transactions; connections are made at the first one.

    On SQLite, take the lock of `storage.engines.process_lock` first. Raises `DatabaseUrlError` for a URL we cannot use.
    """
    location = parse_url(url)
    if isinstance(location, Path):
        return SqliteDatabase(location)
    return PostgresDatabase(location)
