"""Keeping the playground's bot from its database for a while, as another program that locks the file would."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from storage.engines.sqlite_connection import connect


class DatabaseLock:
    """A lock on an SQLite file. While it is held every writing transaction waits, and fails after its patience."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._free = threading.Event()
        self._holding: asyncio.Task[None] | None = None

    async def hold(self, seconds: float) -> None:
        """Hold the lock for that many seconds from now; 0 gives it back at once.

        Raises `sqlite3.OperationalError` where something else keeps the file locked.
        """
        await self.release()
        if seconds == 0:
            return
        loop = asyncio.get_running_loop()
        self._free, taken = threading.Event(), asyncio.Event()
        tell = partial(loop.call_soon_threadsafe, taken.set)
        self._holding = asyncio.create_task(asyncio.to_thread(_hold, self._path, self._free, seconds, tell))
        waiting = asyncio.create_task(taken.wait())
        await asyncio.wait((self._holding, waiting), return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if not taken.is_set():
            holding, self._holding = self._holding, None
            await holding

    async def release(self) -> None:
        """Give the lock back; may be called again."""
        self._free.set()
        if self._holding is not None:
            holding, self._holding = self._holding, None
            await holding


def _hold(path: Path, free: threading.Event, seconds: float, tell: Callable[[], object]) -> None:
    """Lock the file, say so, and keep it until it is to be free or the time is over."""
    with closing(connect(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        tell()
        free.wait(seconds)
        connection.rollback()
