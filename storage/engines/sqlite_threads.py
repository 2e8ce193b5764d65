"""The threads that run transactions on SQLite, so that the event loop never waits for a disk."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import groupby
from operator import attrgetter
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.usecases.ports.database import DatabaseUnavailableError
from storage.engines.sqlite_connection import is_out_of_reach, unavailable
from storage.engines.sqlite_files import FileGuard, OpenFiles

GROUP_LIMIT = 64
"""How many transactions share one commit at most, and so one wait for the disk."""


class Job(Struct, eq=False):
    """A transaction somebody awaits; it is settled once the outcome is final.

    Where it has `ready`, that tells before whether its result is there while the commit is still under way. Where it
    has `committed`, that is called on its loop once it is stored, also when nobody awaits it any more.
    """

    work: Callable[[Connection], Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None
    ready: asyncio.Future[bool] | None = None
    committed: Callable[[], None] | None = None

    def run(self, connection: Connection) -> bool:
        """Run the work, perhaps once more, and keep its result or its exception; whether it went well."""
        self.error = None
        try:
            self.result = self.work(connection)
        except BaseException as error:  # noqa: BLE001 (it is raised again, where the transaction is awaited)
            self.error = unavailable(error) if is_out_of_reach(error) else error
            return False
        return True


Jobs = SimpleQueue[Sequence[Job] | None]
"""Transactions that wait for a thread; `None` tells one thread to stop.

What was asked together is one item: put one by one, the first could be on its way to the disk before the others wait.
"""


def settle(jobs: Sequence[Job]) -> None:
    """Hand the outcomes to whoever awaits them."""
    _on_their_loops(_resolve, jobs)


def announce(jobs: Sequence[Job]) -> None:
    """Say that only the commit is missing, to those who have something to do meanwhile."""
    _on_their_loops(_release, [job for job in jobs if job.ready is not None])


def _on_their_loops(call: Callable[[Sequence[Job]], None], jobs: Sequence[Job]) -> None:
    """Have each event loop call with its jobs, which wakes it up once."""
    for loop, group in groupby(jobs, key=attrgetter("loop")):
        # A loop that was closed has nobody left who awaits.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(call, list(group))


def _release(jobs: Sequence[Job], *, has_result: bool = True) -> None:
    for job in jobs:
        if job.ready is not None and not job.ready.done():
            job.ready.set_result(has_result)


def _resolve(jobs: Sequence[Job]) -> None:
    _release(jobs, has_result=False)
    for job in jobs:
        if job.future.done():
            continue
        if job.error is None:
            job.future.set_result(job.result)
        elif isinstance(job.error, StopIteration):
            # A future refuses this one, and would leave its waiter hanging.
            job.future.set_exception(RuntimeError("a transaction raised StopIteration"))
        else:
            job.future.set_exception(job.error)
    for job in jobs:
        if job.committed is not None and job.error is None:
            job.committed()


class SqliteThread(Thread):
    """A thread with a connection of its own, which it opens when needed and again after trouble."""

    def __init__(self, name: str, connect: Callable[[], Connection], guard: FileGuard, jobs: Jobs) -> None:
        super().__init__(name=name, daemon=True)
        self._connect = connect
        self._guard = guard
        self.jobs = jobs
        self._connection: Connection | None = None
        self._files: OpenFiles | None = None

    def _open(self) -> tuple[Connection, sqlite3.Connection]:
        if self._connection is None:
            self._guard.require_known()
            self._connection = self._connect()
        driver = self._connection.connection.driver_connection
        if not isinstance(driver, sqlite3.Connection):
            raise DatabaseUnavailableError("The connection to SQLite was lost.")
        if self._files is None:
            driver.execute("SELECT count(*) FROM sqlite_master").fetchone()
            self._files = self._guard.opened()
        return self._connection, driver

    def _require_files(self) -> None:
        """Raise `DatabaseUnavailableError` where the files are not those any more that the connection has open."""
        if self._files is not None:
            self._guard.require(self._files)

    def _discard(self) -> None:
        self._files = None
        if self._connection is not None:
            connection, self._connection = self._connection, None
            with suppress(sqlite3.Error, SQLAlchemyError):
                connection.close()


class Writer(SqliteThread):
    """Runs writing transactions one after another and commits those that wait together as one.

    One that fails takes no other with it: where any does, the group begins again with a savepoint for each. As nearly
    none does, savepoints for all are not worth their time.
    """

    def __init__(self, name: str, connect: Callable[[], Connection], guard: FileGuard, jobs: Jobs) -> None:
        super().__init__(name, connect, guard, jobs)
        self._waiting: list[Job] = []
        self._is_told_to_stop = False

    def run(self) -> None:
        """Serve until told to stop, then empty the write-ahead log into the file."""
        while self._waiting or not self._is_told_to_stop:
            group = self._next_group()
            if group:
                self._commit(group)
                settle(group)
        self._checkpoint()
        self._discard()

    def _next_group(self) -> list[Job]:
        """What waits, as much of it as may share a commit; nothing once told to stop."""
        if not self._waiting:
            self._take(self.jobs.get())
        with suppress(Empty):
            while len(self._waiting) < GROUP_LIMIT and not self._is_told_to_stop:
                self._take(self.jobs.get_nowait())
        group, self._waiting = self._waiting[:GROUP_LIMIT], self._waiting[GROUP_LIMIT:]
        return group

    def _take(self, asked: Sequence[Job] | None) -> None:
        if asked is None:
            self._is_told_to_stop = True
        else:
            self._waiting += asked

    def _commit(self, group: list[Job]) -> None:
        try:
            connection, driver = self._open()
            driver.execute("BEGIN IMMEDIATE")
            if all(_run_inside(job, connection, driver) for job in group):
                announce(group)
                self._require_files()
                driver.execute("COMMIT")
                self._require_files()
                return
            driver.execute("ROLLBACK")
            if len(group) > 1:
                self._commit_apart(group, connection, driver)
                self._require_files()
        except (sqlite3.Error, SQLAlchemyError, OSError, DatabaseUnavailableError) as error:
            self._fail(group, error)

    def _commit_apart(self, group: Sequence[Job], connection: Connection, driver: sqlite3.Connection) -> None:
        """Commit those of `group` that do not fail."""
        driver.execute("BEGIN IMMEDIATE")
        for job in group:
            driver.execute("SAVEPOINT job")
            if not _run_inside(job, connection, driver):
                driver.execute("ROLLBACK TO job")
            driver.execute("RELEASE job")
        self._require_files()
        driver.execute("COMMIT")

    def _fail(self, group: list[Job], error: Exception) -> None:
        """Nothing of the group was stored where it is found again.

        Those that wait behind it would only wait as long for the same answer.
        """
        self._save_what_is_in_a_lost_log()
        self._discard()
        reason = unavailable(error)
        for _ in range(self.jobs.qsize()):
            self._take(self.jobs.get())
        group += self._waiting
        self._waiting = []
        for job in group:
            job.error = job.error or reason

    def _save_what_is_in_a_lost_log(self) -> None:
        """A log that was removed is still open here, with what was acknowledged before: it goes into the database."""
        if self._files is None or self._connection is None or not self._guard.is_log_lost(self._files):
            return
        with suppress(sqlite3.Error, SQLAlchemyError, OSError, DatabaseUnavailableError):
            driver = self._connection.connection.driver_connection
            if isinstance(driver, sqlite3.Connection):
                if driver.in_transaction:
                    driver.execute("ROLLBACK")
                driver.execute("PRAGMA wal_checkpoint(FULL)").fetchall()

    def _checkpoint(self) -> None:
        with suppress(sqlite3.Error, SQLAlchemyError, OSError, DatabaseUnavailableError):
            _, driver = self._open()
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _run_inside(job: Job, connection: Connection, driver: sqlite3.Connection) -> bool:
    is_done = job.run(connection)
    if not driver.in_transaction:
        # SQLite ended it, as it does when the disk is full: what comes next would be stored at once and by itself.
        raise DatabaseUnavailableError("SQLite ended a transaction before its time.")
    return is_done


class Reader(SqliteThread):
    """Runs reading transactions, each on a snapshot of its own that no writer disturbs."""

    def run(self) -> None:
        """Serve until told to stop."""
        while (asked := self.jobs.get()) is not None:
            for job in asked:
                self._read(job)
                settle([job])
        self._discard()

    def _read(self, job: Job) -> None:
        try:
            connection, driver = self._open()
            driver.execute("BEGIN")
            job.run(connection)
            driver.execute("ROLLBACK")
            self._require_files()
        except (sqlite3.Error, SQLAlchemyError, OSError, DatabaseUnavailableError) as error:
            job.error = job.error or unavailable(error)
        if isinstance(job.error, DatabaseUnavailableError):
            self._discard()
