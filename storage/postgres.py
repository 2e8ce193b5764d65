"""The database port on PostgreSQL: several processes, READ COMMITTED, a bounded pool."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import URL, Connection
from sqlalchemy.exc import DBAPIError, InterfaceError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.usecases.ports.database import DatabaseUnavailableError, UnitOfWork
from storage.revision import stored_revision
from storage.unit_of_work import in_unit_of_work

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

Result = TypeVar("Result")

POOL_SIZE = 5
POOL_TIMEOUT_S = 5.0
CONNECT_TIMEOUT_S = 5.0
ANSWER_TIMEOUT_S = 20.0
"""How long we wait for a server that does not even say that a statement took too long."""

SERVER_SETTINGS = {
    "application_name": "flagclient",
    "statement_timeout": "10000",
    "lock_timeout": "5000",
    "idle_in_transaction_session_timeout": "30000",
}
"""Limits the server keeps for us, in milliseconds."""

PAUSES_S = (0.01, 0.05, 0.2, 0.5)
"""Pauses at most before a transaction is run again after a conflict or a lost connection."""

_CONFLICTS = frozenset({"40001", "40P01"})
_LOCK_NOT_AVAILABLE = "55P03"
_OUT_OF_REACH_CLASSES = ("08", "28", "3D", "53", "57", "58")


class PostgresDatabase:
    """Transactions on a PostgreSQL database. Use it from one event loop, and `close` it.

    What one writing transaction reads can change before it commits, unless it locks or a constraint decides.
    """

    def __init__(self, url: URL) -> None:
        from sqlalchemy.ext.asyncio import create_async_engine

        self._engine: AsyncEngine = create_async_engine(
            url,
            pool_size=POOL_SIZE,
            max_overflow=0,
            pool_timeout=POOL_TIMEOUT_S,
            pool_use_lifo=True,
            # What people typed stands in the parameters, and must not reach a log through an error.
            hide_parameters=True,
            connect_args={
                "timeout": CONNECT_TIMEOUT_S,
                "command_timeout": ANSWER_TIMEOUT_S,
                "server_settings": SERVER_SETTINGS,
            },
        )
        # Readers see one snapshot throughout, as on SQLite, and cannot write.
        self._read_engine = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    async def write(self, work: Callable[[UnitOfWork], Result]) -> Result:
        """Run `work` as a transaction that is stored once this returns; see the port."""
        return await self._transact(self._engine, partial(in_unit_of_work, work))

    async def read(self, work: Callable[[UnitOfWork], Result]) -> Result:
        """Run `work` on a snapshot; writing inside it fails."""
        return await self._transact(self._read_engine, partial(in_unit_of_work, work))

    async def ping(self) -> None:
        """Raise `DatabaseUnavailableError` unless the server answers."""
        await self._transact(self._read_engine, _look)

    async def schema_revision(self) -> str | None:
        """The migration the database is at; `None` before the first one."""
        return await self._transact(self._read_engine, stored_revision)

    async def close(self) -> None:
        """Close all connections; may be called again."""
        await self._engine.dispose()

    async def _transact(self, engine: AsyncEngine, work: Callable[[Connection], Result]) -> Result:
        for pause in PAUSES_S:
            try:
                return await _attempt(engine, work)
            except DBAPIError as error:
                if not (error.connection_invalidated or _sqlstate(error) in _CONFLICTS):
                    raise
            # Two that got in each other's way must not meet again.
            await asyncio.sleep(pause * random.random())  # noqa: S311
        try:
            return await _attempt(engine, work)
        except DBAPIError as error:
            if error.connection_invalidated or _sqlstate(error) in _CONFLICTS:
                raise _unavailable(error) from error
            raise


async def _attempt(engine: AsyncEngine, work: Callable[[Connection], Result]) -> Result:
    """One attempt; raises `DatabaseUnavailableError` where another one would not help."""
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(partial(_run, work))
    except (OSError, PoolTimeoutError) as error:
        raise _unavailable(error) from error
    except DBAPIError as error:
        state = _sqlstate(error)
        if not error.connection_invalidated and (
            state == _LOCK_NOT_AVAILABLE or state.startswith(_OUT_OF_REACH_CLASSES) or isinstance(error, InterfaceError)
        ):
            raise _unavailable(error) from error
        raise


def _run(work: Callable[[Connection], Result], connection: Connection) -> Result:
    result = work(connection)
    try:
        connection.commit()
    except (OSError, SQLAlchemyError) as error:
        # The server may have stored it before the connection broke, so it must not be run again from here.
        raise DatabaseUnavailableError(f"PostgreSQL did not confirm a commit: {error}.") from error
    return result


def _look(connection: Connection) -> None:
    connection.exec_driver_sql("SELECT 1").scalar_one()


def _sqlstate(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


def _unavailable(error: BaseException) -> DatabaseUnavailableError:
    return DatabaseUnavailableError(f"PostgreSQL cannot be used now: {error}.")
