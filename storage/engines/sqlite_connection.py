"""Connections to one SQLite file, with the settings that our promises rest on."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, NullPool, create_engine
from sqlalchemy.exc import DBAPIError

from bot.usecases.ports.database import DatabaseUnavailableError
from storage.engines.json_text import JSON_OPTIONS

BUSY_TIMEOUT_MS = 5000
"""How long a connection waits for a lock that another program holds."""

PAUSE_SECONDS = 0.005
"""How long to wait before a lock is asked for again that SQLite does not wait for."""

STATEMENTS_KEPT = 1_000
"""How many statements stay compiled: more than all capabilities together have."""

PRAGMAS: dict[str, tuple[str, object]] = {
    "busy_timeout": (str(BUSY_TIMEOUT_MS), BUSY_TIMEOUT_MS),
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "secure_delete": ("ON", 1),
}
"""What every connection sets, and what must be read back."""

_creating = threading.Lock()
"""Whoever opens a file waits until whoever made it has let go of it."""

_OUT_OF_REACH = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_READONLY,
    }
)


def connect(path: Path, *, query_only: bool = False) -> sqlite3.Connection:
    """Open the file in autocommit mode, so that transactions begin and end where our code says so.

    A new file can be read by its owner only. Raises `DatabaseUnavailableError` when SQLite does not take a setting.
    """
    _ensure_exists(path)
    connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_TIMEOUT_MS / 1000)
    try:
        for name, (value, expected) in PRAGMAS.items():
            _set(connection, name, value)
            found = connection.execute(f"PRAGMA {name}").fetchone()[0]
            if found != expected:
                raise DatabaseUnavailableError(f"SQLite answers {found!r} instead of {expected!r} to {name}.")
        if query_only:
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _set(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Give a setting its value.

    Of two that open a new file at once SQLite refuses one its journal, and lets it wait for nothing: it tries again.
    """
    patience = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute(f"PRAGMA {name} = {value}")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > patience:
                raise
            time.sleep(PAUSE_SECONDS)
        else:
            return


def _ensure_exists(path: Path) -> None:
    """Make the file, for its owner only, where there is none yet.

    One that is there must not be opened by us: closing it again would take away the locks that all of SQLite's
    connections in this process hold on it, and another program could then delete the log that they write to.
    See section 2.2 of "How To Corrupt An SQLite Database File" in SQLite's documentation.
    """
    with _creating, contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


class _Wanted(threading.local):
    """What the thread that asks for a connection wants to have opened."""

    path: Path
    query_only: bool


_wanted = _Wanted()


@cache
def _engine() -> Engine:
    """The one engine of this process: what a statement was compiled to for one connection serves all others too."""
    return create_engine(
        "sqlite://",
        creator=lambda: connect(_wanted.path, query_only=_wanted.query_only),
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        query_cache_size=STATEMENTS_KEPT,
        # What people typed stands in the parameters, and must not reach a log through an error.
        hide_parameters=True,
        **JSON_OPTIONS,
    )


def opened(path: Path, *, query_only: bool = False) -> Connection:
    """A new connection to the file, as SQLAlchemy has them; whoever opens one keeps it and closes it.

    Raises what `connect` raises, and SQLAlchemy's error where the file cannot be opened.
    """
    _wanted.path, _wanted.query_only = path, query_only
    return _engine().connect()


def is_out_of_reach(error: BaseException) -> bool:
    """Whether `error` says that the file is locked or cannot be used, rather than that a statement is wrong."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    # The low byte is SQLite's primary code; the rest only says which read or lock it was.
    return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _OUT_OF_REACH


def unavailable(error: BaseException) -> DatabaseUnavailableError:
    """What to raise for `error` where the database is used."""
    if isinstance(error, DatabaseUnavailableError):
        return error
    cause = error.orig if isinstance(error, DBAPIError) else error
    reason = DatabaseUnavailableError(f"SQLite cannot be used now: {cause}.")
    reason.__cause__ = error
    return reason
