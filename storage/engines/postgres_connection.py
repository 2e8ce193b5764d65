"""Engines for PostgreSQL, with the limits that our promises rest on, and what its errors mean to us."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, util
from sqlalchemy.exc import DBAPIError, InterfaceError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.usecases.ports.database import DatabaseUnavailableError
from storage.engines.json_text import JSON_OPTIONS
from storage.engines.postgres_parameters import connect_arguments, is_for_pooler

if TYPE_CHECKING:
    import asyncpg
    from sqlalchemy.ext.asyncio import AsyncEngine

ANSWER_TIMEOUT_S = 60.0
"""How long a transaction may take: a server that does not even say that a statement took too long went silent."""

LIMITS = {
    "statement_timeout": "10s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "30s",
}
"""Limits that the server keeps for us in a transaction.

They are set anew in each one: a pooler refuses them for a connection, or gives the connection to others with them.
"""

_CONFLICTS = frozenset({"40001", "40P01"})
_LOCK_NOT_AVAILABLE = "55P03"
_OUT_OF_REACH_CLASSES = ("08", "28", "3D", "53", "57", "58")


def with_limits(begin: str) -> str:
    """A BEGIN that sets our limits, in one message to the server."""
    return begin + "".join(f"; SET LOCAL {name} = '{limit}'" for name, limit in LIMITS.items())


def engine_for(url: URL, **options: Any) -> AsyncEngine:
    """An engine for a URL as `parse_url` gives it; its statements may take as long as they need."""
    from sqlalchemy.ext.asyncio import create_async_engine

    # What people typed stands in the parameters, and must not reach a log through an error.
    return create_async_engine(
        "postgresql+asyncpg://", async_creator=Connector(url), hide_parameters=True, **JSON_OPTIONS, **options
    )


class Connector:
    """Opens connections to a server, or to a pooler in front of it (PgBouncer and its like).

    A pooler hands out a connection of the server's for one transaction, so that nothing that was prepared in one is
    there in the next. It is known by the number of its process, which is not that of the server's.
    """

    def __init__(self, url: URL) -> None:
        self._arguments = connect_arguments(url)
        self._meets_pooler = is_for_pooler(url.query)

    async def __call__(self) -> asyncpg.Connection:
        """A new connection; raises `OSError` where there is none to be had, whoever says so."""
        from asyncpg import InterfaceError, InternalClientError, PostgresError

        try:
            return await self._connected()
        except (PostgresError, InterfaceError, InternalClientError) as error:
            raise ConnectionRefusedError(str(error)) from error

    async def _connected(self) -> asyncpg.Connection:
        import asyncpg

        if not self._meets_pooler:
            connection = await asyncpg.connect(**self._arguments)
            if await _is_direct(connection):
                return connection
            await connection.close()
            self._meets_pooler = True
        # The driver then prepares each statement under no name, in the same message in which it runs it.
        return await asyncpg.connect(**{**self._arguments, "statement_cache_size": 0})


class PoolerError(Exception):
    """What only the server itself can be asked for was to go through a pooler; the message says what to do."""

    def __init__(self) -> None:
        super().__init__(
            "DATABASE_URL leads to a connection pooler, such as PgBouncer, and this needs the database server itself. "
            "Run it once more with the server’s own address (direct, not pooled) in DATABASE_URL."
        )


async def refuse_pooler(url: URL) -> None:
    """Raise `PoolerError` where a pooler stands in between; a server that is out of reach is left to what follows.

    What is set for a session, as `pg_dump` does, would stay with a connection that the pooler then gives to others.
    """
    try:
        connection = await Connector(url)()
        is_direct = await _is_direct(connection)
        await connection.close()
    except errors():
        return
    if not is_direct:
        raise PoolerError


async def _is_direct(connection: asyncpg.Connection) -> bool:
    # This way of asking prepares nothing, and gives no rows but their number.
    found: str = await connection.execute(f"SELECT WHERE pg_backend_pid() = {int(connection.get_server_pid())}")
    return found == "SELECT 1"


def patience() -> asyncio.Timeout:
    """The time that a transaction may take; one clock for all its statements costs an eighth of one for each."""
    return asyncio.timeout(ANSWER_TIMEOUT_S)


class ConnectionLostError(Exception):
    """The connection broke in the middle of a transaction, which surely was not stored."""


def is_lost(connection: Connection) -> bool:
    """Whether nothing more can be asked over a connection."""
    if connection.invalidated:
        return True
    driver: Any = connection.connection.driver_connection
    return driver is None or bool(driver.is_closed())


def say(connection: Connection, statement: str) -> str:
    """Have the driver run a statement without parameters or rows; what the server did. Raises one of `errors()`."""
    driver: Any = connection.connection.driver_connection
    status: str = util.await_(driver.execute(statement))
    return status


def errors() -> tuple[type[Exception], ...]:
    """What may come of using a connection: what SQLAlchemy raises, and what the driver does where it is used itself."""
    from asyncpg import InterfaceError, PostgresError

    return OSError, SQLAlchemyError, PostgresError, InterfaceError, ConnectionLostError


def is_conflict(error: BaseException) -> bool:
    """Whether the transaction surely was not stored and can be run again at once."""
    is_lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return is_lost or isinstance(error, ConnectionLostError) or sqlstate(error) in _CONFLICTS


def is_out_of_reach(error: BaseException) -> bool:
    """Whether `error` says that the server or a lock is out of reach, rather than that a statement is wrong."""
    state = sqlstate(error)
    refused = state == _LOCK_NOT_AVAILABLE or state.startswith(_OUT_OF_REACH_CLASSES)
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    return refused or isinstance(error, (OSError, PoolTimeoutError, InterfaceError, ConnectionLostError))


def unavailable(error: BaseException) -> DatabaseUnavailableError:
    """What to raise for `error` where the database is used."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    reason = DatabaseUnavailableError(f"PostgreSQL cannot be used now: {cause}.")
    reason.__cause__ = error
    return reason


def sqlstate(error: BaseException) -> str:
    """PostgreSQL's code for what went wrong, empty when the driver gave none."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return getattr(cause, "sqlstate", None) or ""
