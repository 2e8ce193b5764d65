"""Seeing to it that what was deleted is not in the files of the database any more."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, NullPool, text
from sqlalchemy.exc import DBAPIError

from storage.engines.locations import parse_url
from storage.engines.postgres_connection import engine_for, is_out_of_reach, refuse_pooler, sqlstate, unavailable
from storage.engines.sqlite_connection import connect
from storage.engines.sqlite_connection import is_out_of_reach as is_file_out_of_reach
from storage.privacy.belonging import belonging_to
from storage.tables.columns import METADATA, Holds, columns_that_hold, is_text

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

MAX_ATTEMPTS = 5
"""How often a lock is asked for; each time for as long as the database waits for one."""

LOCK_TIMEOUT = "3s"
"""How long PostgreSQL waits for a table: everybody who wants it meanwhile waits behind us."""

PAUSE_SECONDS = 0.2
_NOT_ALLOWED = "42501"

STILL_SEEN = text(
    "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_xmin IS NOT NULL AND age(backend_xmin) >= age(CAST(CAST(:since AS text) AS xid)))"
)
"""Whether anybody still looks at the database as it was at a transaction: then its rows cannot go yet."""


async def refuse_what_cannot_shred(url: str) -> None:
    """Raise `PoolerError` where the database's files cannot be written anew from here."""
    location = parse_url(url)
    if not isinstance(location, Path):
        await refuse_pooler(location)


async def shred(url: str) -> bool:
    """Let nothing that was deleted remain in the database's files, also while a bot runs on it.

    False where something else held the database for too long, such as a backup that is being made; try again later.
    What other copies hold, such as PostgreSQL's archived log, is beyond us, and its current log (`pg_wal`) keeps old
    pages until the server uses its files again.
    """
    location = parse_url(url)
    if isinstance(location, Path):
        return await asyncio.to_thread(_shred_file, location)
    return await _shred_server(location)


def _shred_file(path: Path) -> bool:
    """Write the file anew and empty its log.

    `secure_delete` clears what is deleted, and not the copies that moving rows between pages has left behind.
    """
    for _ in range(MAX_ATTEMPTS):
        try:
            with closing(connect(path)) as connection:
                connection.execute("VACUUM")
                is_busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error as error:
            if not is_file_out_of_reach(error):
                raise
            continue
        if not is_busy:
            return True
    return False


async def _shred_server(url: URL) -> bool:
    engine = engine_for(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            await connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT}'"))
            is_alone = await _nobody_looks_back(connection)
            left = [name for name in _tables() if not await _rewritten(connection, f'"{name}"')]
            if not left:
                await _forget_samples(connection)
            await _if_allowed(connection, "CHECKPOINT")
    except (OSError, DBAPIError) as error:
        if is_out_of_reach(error):
            raise unavailable(error) from error
        raise
    finally:
        await engine.dispose()
    return is_alone and not left


def _tables() -> list[str]:
    """Tables that can hold something of a client."""
    telling = {
        table for table in METADATA.sorted_tables if columns_that_hold(table, Holds.FREE_TEXT, Holds.IDENTIFYING)
    }
    return sorted(table.name for table in telling | belonging_to(()).keys())


async def _nobody_looks_back(connection: AsyncConnection) -> bool:
    since = await connection.scalar(text("SELECT CAST(CAST(pg_current_xact_id() AS xid) AS text)"))
    for _ in range(MAX_ATTEMPTS):
        if not await connection.scalar(STILL_SEEN, {"since": since}):
            return True
        await asyncio.sleep(PAUSE_SECONDS)
    return False


async def _rewritten(connection: AsyncConnection, table: str) -> bool:
    """Write a table anew with what is in it now, and nothing else; false where its lock was not to be had."""
    for _ in range(MAX_ATTEMPTS):
        try:
            await connection.execute(text(f"VACUUM (FULL) {table}"))
        except DBAPIError as error:
            if not is_out_of_reach(error) or error.connection_invalidated:
                raise
        else:
            return True
    return False


async def _forget_samples(connection: AsyncConnection) -> None:
    """Clear what ANALYZE has noted of columns, which are samples of what stood in them.

    It notes nothing of a table without rows, and leaves what it noted before; a new type, though the same, clears that.
    """
    for name in _tables():
        is_empty = await connection.scalar(text(f'SELECT NOT EXISTS (SELECT 1 FROM "{name}")'))  # noqa: S608 (our own tables)
        if not is_empty:
            await connection.execute(text(f'ANALYZE "{name}"'))
            continue
        for column in METADATA.tables[name].columns:
            if is_text(column):
                await connection.execute(text(f'ALTER TABLE "{name}" ALTER COLUMN "{column.name}" TYPE varchar'))
    await _rewritten(connection, "pg_catalog.pg_statistic")


async def _if_allowed(connection: AsyncConnection, statement: str) -> None:
    try:
        await connection.execute(text(statement))
    except DBAPIError as error:
        if sqlstate(error) != _NOT_ALLOWED:
            raise
