"""The database port on PostgreSQL: several processes, READ COMMITTED, a bounded pool."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import URL, Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.usecases.ports.database import DatabaseUnavailableError, UnitOfWork
from storage.postgres_connection import engine_for, is_conflict, is_out_of_reach, unavailable
from storage.revision import stored_revision
from storage.unit_of_work import in_unit_of_work

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

Result = TypeVar("Result")

POOL_SIZE = 5
POOL_TIMEOUT_S = 5.0

PAUSES_S = (0.01, 0.05, 0.2, 0.5)
"""Pauses at most before a transaction is run again after a conflict or a lost connection."""


class PostgresDatabase:
    """Transactions on a PostgreSQL database. Use it from one event loop, and `close` it.

    What one writing transaction reads can change before it commits, unless it locks or a constraint decides.
    """

    def __init__(self, url: URL) -> None:
        self._engine = engine_for(
            url, pool_size=POOL_SIZE, max_overflow=0, pool_timeout=POOL_TIMEOUT_S, pool_use_lifo=True
        )
        # Readers see one snapshot throughout, as on SQLite, and cannot write.
        self._read_engine = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    async def write(self, work: Callable[[UnitOfWork], Result]) -> Result:
        """Run `work` as a transaction that is stored once this returns; see the port."""
        return await self._repeated(self._engine, partial(in_unit_of_work, work))

    async def read(self, work: Callable[[UnitOfWork], Result]) -> Result:
        """Run `work` on a snapshot; writing inside it fails."""
        return await self._repeated(self._read_engine, partial(in_unit_of_work, work))

    async def transact(self, work: Callable[[Connection], Result]) -> Result:
        """Run housekeeping of the storage itself as a writing transaction."""
        return await self._repeated(self._engine, work)

    async def ping(self) -> None:
        """Raise `DatabaseUnavailableError` unless the server answers."""
        await self._repeated(self._read_engine, _look)

    async def schema_revision(self) -> str | None:
        """The migration the database is at; `None` before the first one."""
        return await self._repeated(self._read_engine, stored_revision)

    async def close(self) -> None:
        """Close all connections; may be called again."""
        await self._engine.dispose()

    async def _repeated(self, engine: AsyncEngine, work: Callable[[Connection], Result]) -> Result:
        pauses = iter(PAUSES_S)
        while True:
            try:
                async with engine.connect() as connection:
                    return await connection.run_sync(_run, work)
            except (OSError, SQLAlchemyError) as error:
                pause = next(pauses, None) if is_conflict(error) else None
                if pause is None:
                    if is_conflict(error) or is_out_of_reach(error):
                        raise unavailable(error) from error
                    raise
            # Two that got in each other's way must not meet again.
            await asyncio.sleep(pause * random.random())  # noqa: S311


def _run(connection: Connection, work: Callable[[Connection], Result]) -> Result:
    result = work(connection)
    try:
        connection.commit()
    except (OSError, SQLAlchemyError) as error:
        # The server may have stored it before the connection broke, so it must not be run again from here.
        raise DatabaseUnavailableError(f"PostgreSQL did not confirm a commit: {type(error).__name__}.") from error
    return result


def _look(connection: Connection) -> None:
    connection.exec_driver_sql("SELECT 1").scalar_one()
