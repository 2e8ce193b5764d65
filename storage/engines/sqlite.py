"""The database port on SQLite: one process, one writer thread, readers that never wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar, cast

from sqlalchemy import Connection

from bot.usecases.ports.database import DatabaseUnavailableError, UnitOfWork
from storage.engines.revision import stored_revision
from storage.engines.sqlite_connection import opened
from storage.engines.sqlite_files import FileGuard
from storage.engines.sqlite_threads import GROUP_LIMIT, Job, Jobs, Reader, SqliteThread, Writer
from storage.engines.unit_of_work import Transaction

Result = TypeVar("Result")
Answer = TypeVar("Answer")

READERS = 2
QUIET_TURNS = 3
"""How many turns of the event loop bring nothing new before what was asked goes to the writer together.

So many an interaction takes from its first byte to its transaction. A writer that wakes up at the first of many
fights with the loop for the interpreter, and has them wait for the disk one after another: a tenth more time in all.
"""


class SqliteDatabase:
    """Transactions on one SQLite file. Use it from one event loop, and `close` it.

    Writing transactions never run side by side, so what one reads cannot change before it commits. A cancelled
    caller does not undo its transaction: it may commit all the same.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.on_due_notice: Callable[[], object] | None = None
        self._writes: Jobs = SimpleQueue()
        self._reads: Jobs = SimpleQueue()
        self._asked: list[Job] = []
        files = FileGuard(path)
        self._writer = Writer("sqlite-writer", partial(opened, path), files, self._writes)
        look = partial(opened, path, query_only=True)
        self._readers = [Reader(f"sqlite-reader-{number}", look, files, self._reads) for number in range(READERS)]
        self._closing: asyncio.Future[None] | None = None
        for thread in (self._writer, *self._readers):
            thread.start()

    async def write(self, work: Callable[[UnitOfWork], Result]) -> Result:
        """Run `work` as a transaction that is on disk once this returns; see the port."""
        transaction = Transaction(work, self.on_due_notice)
        return await self._write(transaction, transaction.committed)

    async def write_and_prepare(
        self, work: Callable[[UnitOfWork], Result], prepare: Callable[[Result], Answer]
    ) -> Answer:
        """Like `write`, but returns what `prepare` makes of the result while the disk is at work; see the port."""
        transaction = Transaction(work, self.on_due_notice)
        job = self._job(transaction, transaction.committed)
        job.ready = job.loop.create_future()
        self._ask(job)
        try:
            has_result = await job.ready
        except asyncio.CancelledError:
            job.future.cancel()
            raise
        if not has_result:
            return prepare(await job.future)
        try:
            prepared = prepare(job.result)
        finally:
            await job.future
        return prepared

    async def read(self, work: Callable[[UnitOfWork], Result]) -> Result:
        """Run `work` on a snapshot; writing inside it fails."""
        return await self._read(Transaction(work))

    async def transact(self, work: Callable[[Connection], Result]) -> Result:
        """Run housekeeping of the storage itself as a writing transaction."""
        return await self._write(work)

    async def ping(self) -> None:
        """Raise `DatabaseUnavailableError` unless the file answers and takes what is written.

        A disk that is full and a lock that somebody else holds show in nothing but a write.
        """
        await self._read(_look)
        await self._write(_touch)

    async def schema_revision(self) -> str | None:
        """The migration the file is at; `None` before the first one."""
        return await self._read(stored_revision)

    async def close(self) -> None:
        """Finish what was asked before, then stop all threads and close the file; may be called again."""
        if self._closing is None:
            self._hand_over()
            self._closing = asyncio.get_running_loop().create_future()
            await self._stop(self._readers)
            # The writer is last: only then is the write-ahead log free to be emptied.
            await self._stop([self._writer])
            self._closing.set_result(None)
        await self._closing

    async def _stop(self, threads: Sequence[SqliteThread]) -> None:
        for thread in threads:
            thread.jobs.put(None)
        for thread in threads:
            await asyncio.to_thread(thread.join)

    def _write(
        self, work: Callable[[Connection], Result], committed: Callable[[], None] | None = None
    ) -> asyncio.Future[Result]:
        job = self._job(work, committed)
        self._ask(job)
        return cast("asyncio.Future[Result]", job.future)

    def _ask(self, job: Job) -> None:
        self._asked.append(job)
        if len(self._asked) == 1:
            job.loop.call_soon(self._gather, 1, QUIET_TURNS)

    def _gather(self, seen: int, turns: int) -> None:
        """Hand over what was asked once `turns` turns of the loop brought nothing more than the `seen` ones."""
        asked = len(self._asked)
        if asked > seen:
            turns = QUIET_TURNS
        if turns and 0 < asked < GROUP_LIMIT:
            asyncio.get_running_loop().call_soon(self._gather, asked, turns - 1)
        else:
            self._hand_over()

    def _hand_over(self) -> None:
        asked, self._asked = self._asked, []
        self._writes.put(asked)

    def _read(self, work: Callable[[Connection], Result]) -> asyncio.Future[Result]:
        job = self._job(work)
        self._reads.put([job])
        return cast("asyncio.Future[Result]", job.future)

    def _job(self, work: Callable[[Connection], object], committed: Callable[[], None] | None = None) -> Job:
        if self._closing is not None:
            raise DatabaseUnavailableError("The database was closed.")
        loop = asyncio.get_running_loop()
        return Job(work, loop, loop.create_future(), committed=committed)


def _touch(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA user_version = 0")


def _look(connection: Connection) -> None:
    connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
