"""Whether the files that SQLite writes to are still those at their path.

A file that was removed or replaced goes on as long as somebody has it open: SQLite would store there, without a word,
what nobody ever finds again.
"""

from __future__ import annotations

import os
from pathlib import Path
from threading import Lock

from msgspec import Struct

from bot.usecases.ports.database import DatabaseUnavailableError

Identity = tuple[int, int]
"""The device and the number of a file, which are its own whatever it is called."""


class OpenFiles(Struct, frozen=True):
    """The database file and its write-ahead log, as a connection has them open."""

    database: Identity | None
    log: Identity | None


class FileGuard:
    """Knows the database file from the first time it was opened; all threads of a database share one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._log_path = f"{path}-wal"
        self._known: Identity | None = None
        self._has_lost_log = False
        self._lock = Lock()

    def require_known(self) -> None:
        """Raise `DatabaseUnavailableError` where another file, or none, is where the database was.

        A new connection would make a new one, with nothing in it. Once the log was lost only a new start helps.
        """
        self._require(_identity(self._path))

    def opened(self) -> OpenFiles:
        """What a connection has open that was opened just now and has read."""
        files = OpenFiles(_identity(self._path), _identity(self._log_path))
        with self._lock:
            self._known = self._known or files.database
        self.require_known()
        return files

    def require(self, files: OpenFiles) -> None:
        """Raise `DatabaseUnavailableError` unless what a connection has open is what stands at its path."""
        # Two looks at files and no more: each lets go of the interpreter's lock, between a commit and its answer.
        database = _identity(self._path)
        self._require(database)
        if database == files.database and _identity(self._log_path) != files.log:
            self._has_lost_log = True
            raise _lost(self._path)

    def _require(self, database: Identity | None) -> None:
        if self._has_lost_log or (self._known is not None and database != self._known):
            raise _lost(self._path)

    def is_log_lost(self, files: OpenFiles) -> bool:
        """Whether the log that a connection writes to is not the one at its path, while the database is."""
        return _identity(self._path) == files.database and _identity(self._log_path) != files.log


def _identity(path: Path | str) -> Identity | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _lost(path: Path) -> DatabaseUnavailableError:
    return DatabaseUnavailableError(
        f"{path} or its write-ahead log was removed or replaced while it was in use. Put it back, or restart the bot."
    )
