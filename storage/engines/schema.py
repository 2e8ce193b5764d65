"""Bringing a database to the schema that this code needs."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from msgspec import Struct
from sqlalchemy import URL, Connection, NullPool
from sqlalchemy.exc import DBAPIError

from bot.usecases.ports.database import DatabaseUnavailableError
from storage.backup.backup_sqlite import backup_file
from storage.engines.locations import parse_url
from storage.engines.postgres_connection import engine_for as postgres_engine
from storage.engines.postgres_connection import is_out_of_reach
from storage.engines.postgres_connection import unavailable as unreachable
from storage.engines.revision import HEAD, is_current, stored_revision
from storage.engines.sqlite_connection import connect, opened, unavailable

_ADVISORY_LOCK = 0x666C6167
"""The number under which processes on PostgreSQL take turns; nothing else uses it."""


class MigrationError(Exception):
    """A migration left the data in disorder, and was rolled back."""


class Steps(Struct, frozen=True):
    """Where the steps of a schema stand, and which is the last."""

    location: str = "storage:migrations"
    head: str = HEAD


class Migrated(Struct, frozen=True):
    """What `migrate` found and did; `backup` is the copy it made of an SQLite file before it changed it."""

    before: str | None
    after: str
    backup: Path | None = None


async def migrate(url: str, steps: Steps | None = None) -> Migrated:
    """Bring the database at `url` to the newest schema, making it when there is none.

    Several processes may try at once: one does it, the others wait. A schema that is newer than this code is left
    alone, as old code has to run on it during a roll-out. Raises `DatabaseUnavailableError`, `MigrationError`, and
    whatever a step raises; then the schema is as it was.
    """
    location = parse_url(url)
    if isinstance(location, Path):
        return await asyncio.to_thread(_migrate_file, location, steps or Steps())
    return await _migrate_server(location, steps or Steps())


def _migrate_file(path: Path, steps: Steps) -> Migrated:
    try:
        before = _revision_of_file(path)
        if is_current(before, steps.head):
            return Migrated(before, before)
        backup = None
        if before is not None:
            backup = path.with_name(f"{path.name}.{before}.backup")
            backup_file(path, backup)
        _upgrade_file(path, steps)
    except (sqlite3.Error, OSError) as error:
        raise unavailable(error) from error
    return Migrated(before, steps.head, backup)


def _revision_of_file(path: Path) -> str | None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(connect(path)) as connection:
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone() is None:
            return None
        revision: str = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        return revision


def _upgrade_file(path: Path, steps: Steps) -> None:
    with opened(path) as connection:
        driver = connection.connection.driver_connection
        if not isinstance(driver, sqlite3.Connection):
            raise DatabaseUnavailableError("The connection to SQLite was lost.")
        # Changing a table means making a new one and dropping the old one, which deletes what refers to it.
        # The setting does nothing inside a transaction.
        driver.execute("PRAGMA foreign_keys = OFF")
        driver.execute("BEGIN IMMEDIATE")
        with connection.begin():
            _upgrade(connection, steps)
            astray = driver.execute("PRAGMA foreign_key_check").fetchall()
            if astray:
                raise MigrationError(f"rows of {sorted({row[0] for row in astray})} would refer to nothing")


async def _migrate_server(url: URL, steps: Steps) -> Migrated:
    engine = postgres_engine(url, poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            before = await connection.run_sync(_migrate_in_turn, steps)
    except (OSError, DBAPIError) as error:
        if is_out_of_reach(error):
            raise unreachable(error) from error
        raise
    finally:
        await engine.dispose()
    return Migrated(before, max(before or "", steps.head))


def _migrate_in_turn(connection: Connection, steps: Steps) -> str | None:
    before = stored_revision(connection)
    if not is_current(before, steps.head):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
        _upgrade(connection, steps)
    return before


def _upgrade(connection: Connection, steps: Steps) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", steps.location.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, steps.head)
