"""Engines for PostgreSQL, with the limits that our promises rest on, and what its errors mean to us."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.usecases.ports.database import DatabaseUnavailableError

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

CONNECT_TIMEOUT_S = 5.0
ANSWER_TIMEOUT_S = 20.0
"""How long we wait for a server that does not even say that a statement took too long."""

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
        arguments |= {"command_timeout": ANSWER_TIMEOUT_S, "server_settings": SERVER_SETTINGS}
    # What people typed stands in the parameters, and must not reach a log through an error.
    return create_async_engine(url, connect_args=arguments, hide_parameters=True, **options)


def is_conflict(error: BaseException) -> bool:
    """Whether the transaction surely was not stored and can be run again at once."""
    return isinstance(error, DBAPIError) and (error.connection_invalidated or sqlstate(error) in _CONFLICTS)


def is_out_of_reach(error: BaseException) -> bool:
    """Whether `error` says that the server or a lock is out of reach, rather than that a statement is wrong."""
    if isinstance(error, DBAPIError):
        state = sqlstate(error)
        refused = state == _LOCK_NOT_AVAILABLE or state.startswith(_OUT_OF_REACH_CLASSES)
        return error.connection_invalidated or refused or isinstance(error, InterfaceError)
    return isinstance(error, (OSError, PoolTimeoutError))


def unavailable(error: BaseException) -> DatabaseUnavailableError:
    """What to raise for `error` where the database is used."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    reason = DatabaseUnavailableError(f"PostgreSQL cannot be used now: {cause}.")
    reason.__cause__ = error
    return reason


def sqlstate(error: DBAPIError) -> str:
    """PostgreSQL's code for what went wrong, empty when the driver gave none."""
    return getattr(error.orig, "sqlstate", None) or ""
