"""The database port on PostgreSQL: several processes, READ COMMITTED, a bounded pool."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import URL, Connection, Engine, util

from bot.usecases.ports.database import DatabaseUnavailableError, UnitOfWork
from storage.engines.postgres_connection import (
    ConnectionLostError,
    engine_for,
    errors,
    is_conflict,
    is_lost,
    is_out_of_reach,
    patience,
    say,
    unavailable,
    with_limits,
)
from storage.engines.revision import stored_revision
from storage.engines.unit_of_work import Transaction

Result = TypeVar("Result")
Answer = TypeVar("Answer")

POOL_SIZE = 10
"""Connections at most: a transaction waits for the server most of its time, so ten do a sixth more work than five."""

POOL_TIMEOUT_S = 5.0

WRITING = "BEGIN ISOLATION LEVEL READ COMMITTED"
READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
"""How transactions begin: readers see one snapshot throughout, as on SQLite, and cannot write."""

PAUSES_S = (0.01, 0.05, 0.2, 0.5)
"""Pauses at most before a transaction is run again after a conflict or a lost connection."""


class PostgresDatabase:
    """Transactions on a PostgreSQL database. Use it from one event loop, and `close` it.

    What one writing transaction reads can change before it commits, unless it locks or a constraint decides.
    """

    def __init__(self, url: URL) -> None:
        self.on_due_notice: Callable[[], object] | None = None
        # Transactions begin and end where our code says so, as on SQLite.
        self._writing, self._reading = with_limits(WRITING), with_limits(READING)
        self._engine = engine_for(
            url,
            pool_size=POOL_SIZE,
            max_overflow=0,
            pool_timeout=POOL_TIMEOUT_S,
            pool_use_lifo=True,
            isolation_level="AUTOCOMMIT",
        )

    async def write(self, work: Callable[[UnitOfWork], Result]) -> Result:
        """Run `work` as a transaction that is stored once this returns; see the port."""
        transaction = Transaction(work, self.on_due_notice)
        result = await self._repeated(self._writing, transaction)
        transaction.committed()
        return result

    async def write_and_prepare(
        self, work: Callable[[UnitOfWork], Result], prepare: Callable[[Result], Answer]
    ) -> Answer:
        """Like `write`, but returns what `prepare` makes of the result; see the port."""
        return prepare(await self.write(work))

    async def read(self, work: Callable[[UnitOfWork], Result]) -> Result:
        """Run `work` on a snapshot; writing inside it fails."""
        return await self._repeated(self._reading, Transaction(work))

    async def transact(self, work: Callable[[Connection], Result]) -> Result:
        """Run housekeeping of the storage itself as a writing transaction."""
        return await self._repeated(self._writing, work)

    async def ping(self) -> None:
        """Raise `DatabaseUnavailableError` unless the server answers."""
        await self._repeated(self._reading, _look)

    async def present(self) -> datetime:
        """What the server's clock shows as this returns: half of the way there and back is added."""
        asked = time.monotonic()
        shown = await self._repeated(self._reading, _clock)
        return shown + timedelta(seconds=(time.monotonic() - asked) / 2)

    async def schema_revision(self) -> str | None:
        """The migration the database is at; `None` before the first one."""
        return await self._repeated(self._reading, stored_revision)

    async def close(self) -> None:
        """Close all connections; may be called again."""
        await self._engine.dispose()

    async def _repeated(self, begin: str, work: Callable[[Connection], Result]) -> Result:
        pauses = iter(PAUSES_S)
        while True:
            try:
                async with patience():
                    # One switch between asynchronous and plain code for all of it, where the engine would take four.
                    return await util.greenlet_spawn(_transact, self._engine.sync_engine, begin, work)
            except errors() as error:
                pause = next(pauses, None) if is_conflict(error) else None
                if pause is None:
                    if is_conflict(error) or is_out_of_reach(error):
                        raise unavailable(error) from error
                    raise
            # Two that got in each other's way must not meet again.
            await asyncio.sleep(pause * random.random())  # noqa: S311


def _transact(engine: Engine, begin: str, work: Callable[[Connection], Result]) -> Result:
    with engine.connect() as connection:
        try:
            say(connection, begin)
            result = work(connection)
        except errors() as error:
            if is_lost(connection):
                connection.invalidate()
                raise ConnectionLostError from error
            _roll_back(connection)
            raise
        except asyncio.CancelledError:
            # There may be nobody left to answer, so that nothing more is asked over this connection.
            connection.invalidate()
            raise
        except BaseException:
            _roll_back(connection)
            raise
        _commit(connection)
        return result


def _commit(connection: Connection) -> None:
    try:
        said = say(connection, "COMMIT")
    except asyncio.CancelledError:
        connection.invalidate()
        raise
    except errors() as error:
        connection.invalidate()
        # The server may have stored it before the connection broke, so it must not be run again from here.
        raise DatabaseUnavailableError(f"PostgreSQL did not confirm a commit: {type(error).__name__}.") from error
    if said != "COMMIT":
        # After a statement that failed it rolls back, and says so in place of an error.
        raise DatabaseUnavailableError(f"PostgreSQL answered a commit with {said}.")


def _roll_back(connection: Connection) -> None:
    """Undo what was begun; a connection that cannot even do that is given up."""
    try:
        say(connection, "ROLLBACK")
    except errors():
        connection.invalidate()


def _clock(connection: Connection) -> datetime:
    shown: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    return shown


def _look(connection: Connection) -> None:
    connection.exec_driver_sql("SELECT 1").scalar_one()
