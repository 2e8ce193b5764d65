"""Engines for PostgreSQL, with the limits that our promises rest on, and what its errors mean to us."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, util
from sqlalchemy.exc import DBAPIError, InterfaceError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.usecases.ports.database import DatabaseUnavailableError
from storage.engines.json_text import JSON_OPTIONS

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

CONNECT_TIMEOUT_S = 5.0
ANSWER_TIMEOUT_S = 60.0
"""How long a transaction may take: a server that does not even say that a statement took too long went silent."""

SERVER_SETTINGS = {
    "application_name": "flagclient",
    "statement_timeout": "10000",
    "lock_timeout": "5000",
    "idle_in_transaction_session_timeout": "30000",
}
"""Limits that the server keeps for us, in milliseconds."""

_CONFLICTS = frozenset({"40001", "40P01"})
_LOCK_NOT_AVAILABLE = "55P03"
_OUT_OF_REACH_CLASSES = ("08", "28", "3D", "53", "57", "58")


def engine_for(url: URL, *, limits: bool = True, **options: Any) -> AsyncEngine:
    """An engine; without `limits` its statements may take as long as they need."""
    from sqlalchemy.ext.asyncio import create_async_engine

    arguments: dict[str, Any] = {"timeout": CONNECT_TIMEOUT_S}
    if limits:
        arguments["server_settings"] = SERVER_SETTINGS
    # What people typed stands in the parameters, and must not reach a log through an error.
    return create_async_engine(url, connect_args=arguments, hide_parameters=True, **JSON_OPTIONS, **options)


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
