"""What only SQLite has: its settings, its threads, its file."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from bot.usecases.ports.database import DatabaseUnavailableError, UnitOfWork
from storage.engines import sqlite_connection
from storage.engines.locations import parse_url
from storage.engines.sqlite import SqliteDatabase
from storage.engines.sqlite_connection import connect, opened
from storage.engines.sqlite_threads import GROUP_LIMIT, Job, Writer
from tests.factories import make_workspace
from tests.frozen_clock import MONDAY_MORNING


@pytest.fixture
def path(sqlite_url: str) -> Path:
    location = parse_url(sqlite_url)
    assert isinstance(location, Path)
    return location


@pytest.mark.parametrize("query_only", [False, True])
def test_every_connection_has_the_settings_we_promise(path: Path, query_only: bool) -> None:
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "busy_timeout": 5000,
        "foreign_keys": 1,
        "secure_delete": 1,
        "query_only": int(query_only),
    }
    with closing(connect(path, query_only=query_only)) as connection:
        found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in expected}

    assert found == expected


def test_a_setting_that_is_not_taken_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sqlite_connection.PRAGMAS, "synchronous", ("OFF", 2))

    with pytest.raises(DatabaseUnavailableError, match="synchronous"):
        connect(path)


async def test_another_program_that_closes_the_file_leaves_our_log_alone(path: Path) -> None:
    database = SqliteDatabase(path)
    try:
        await database.write(partial(make_workspace, external_id="T1"))
        # A reader opens the file after the writer.
        await database.read(lambda uow: uow.people.workspaces())
        reads = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT * FROM workspace'); c.close()"
        other = await asyncio.create_subprocess_exec(sys.executable, "-c", reads, str(path))
        assert await other.wait() == 0
        await database.write(partial(make_workspace, external_id="T2"))
        with closing(sqlite3.connect(path)) as later:
            assert later.execute("SELECT count(*) FROM workspace").fetchone() == (2,)
    finally:
        await database.close()


def test_many_who_open_a_new_file_at_once_all_get_it(tmp_path: Path) -> None:
    refused: list[BaseException] = []

    def open_at_once(new: Path, barrier: threading.Barrier) -> None:
        barrier.wait()
        try:
            connect(new).close()
        except sqlite3.Error as error:
            refused.append(error)

    # One in some ten files was refused to somebody.
    for number in range(100):
        barrier = threading.Barrier(6)
        new = tmp_path / f"{number}.db"
        openers = [threading.Thread(target=open_at_once, args=(new, barrier)) for _ in range(barrier.parties)]
        for opener in openers:
            opener.start()
        for opener in openers:
            opener.join()
    assert refused == []


def test_a_new_file_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    connect(tmp_path / "new.db").close()

    assert stat.S_IMODE((tmp_path / "new.db").stat().st_mode) == 0o600


READ = "SELECT settings_version FROM workspace"
COUNT = "UPDATE workspace SET settings_version = ?"


@pytest.fixture
def counted(path: Path) -> Path:
    """A file with one workspace, whose version counts."""
    with closing(connect(path)) as connection:
        connection.execute(
            "INSERT INTO workspace VALUES (1, 'slack', 'T1', '{}', 0, 0, '2026-01-01 00:00:00.000000', NULL)"
        )
    return path


def test_a_plain_begin_fails_at_once_when_another_has_written_since_its_first_read(counted: Path) -> None:
    with closing(connect(counted)) as one, closing(connect(counted)) as other:
        for connection in (one, other):
            connection.execute("BEGIN")
            connection.execute(READ).fetchone()
        one.execute(COUNT, (1,))
        one.execute("COMMIT")

        # Whatever the timeout says: waiting would not make what was read true again.
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute(COUNT, (1,))


def test_an_immediate_begin_lets_transactions_wait_for_each_other(counted: Path) -> None:
    barrier = threading.Barrier(4)

    def count() -> None:
        with closing(connect(counted)) as connection:
            barrier.wait()
            for _ in range(10):
                connection.execute("BEGIN IMMEDIATE")
                found = connection.execute(READ).fetchone()[0]
                connection.execute(COUNT, (found + 1,))
                connection.execute("COMMIT")

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with closing(connect(counted)) as connection:
        assert connection.execute(READ).fetchone() == (40,)


async def test_two_hundred_transactions_at_once_all_succeed(path: Path) -> None:
    database = SqliteDatabase(path)
    workspace = await database.write(make_workspace)

    def read_and_write(uow: UnitOfWork) -> None:
        chosen = uow.people.workspace(workspace.id).overrides
        uow.people.save_overrides(workspace.id, {**chosen, "undo_minutes": chosen.get("undo_minutes", 0) + 1})

    await asyncio.gather(*(database.write(read_and_write) for _ in range(200)))

    stored = await database.read(lambda uow: uow.people.workspace(workspace.id))
    assert stored.overrides == {"undo_minutes": 200}
    await database.close()


async def test_what_is_asked_while_more_is_on_its_way_shares_a_commit(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    groups: list[int] = []
    commit = Writer._commit

    def counted(writer: Writer, group: list[Job]) -> None:
        groups.append(len(group))
        commit(writer, group)

    monkeypatch.setattr(Writer, "_commit", counted)
    database = SqliteDatabase(path)

    async def ask_after(turns: int) -> None:
        for _ in range(turns):
            await asyncio.sleep(0)
        await database.write(partial(make_workspace, external_id=f"T{turns}"))

    await asyncio.gather(*map(ask_after, range(8)))
    await asyncio.gather(*map(ask_after, range(8, 8 + GROUP_LIMIT)))
    await database.close()

    # The second time as many ask as share a commit at most, so nobody waits for a quiet turn.
    assert groups == [8, GROUP_LIMIT]


async def test_a_group_that_cannot_commit_fails_as_a_whole_and_the_next_one_works(path: Path) -> None:
    database = SqliteDatabase(path)

    def end_the_transaction(uow: UnitOfWork) -> None:
        make_workspace(uow, "T1")
        # As SQLite itself does when the disk is full: the transaction is gone, savepoints included.
        uow._connection.exec_driver_sql("ROLLBACK")  # type: ignore[attr-defined]

    works = [partial(make_workspace, external_id="T0"), end_the_transaction, partial(make_workspace, external_id="T2")]
    outcomes = await asyncio.gather(*map(database.write, works), return_exceptions=True)
    assert all(isinstance(outcome, DatabaseUnavailableError) for outcome in outcomes)

    await database.write(partial(make_workspace, external_id="T3"))
    stored = await database.read(lambda uow: [workspace.external_id for workspace in uow.people.workspaces()])
    assert stored == ["T3"]
    await database.close()


async def test_what_was_prepared_is_dropped_where_the_commit_fails(path: Path) -> None:
    database = SqliteDatabase(path)
    order: list[str] = []

    def break_a_promise(uow: UnitOfWork) -> str:
        connection = uow._connection  # type: ignore[attr-defined]
        # The commit is what finds out.
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        uow.due.put(999, "kind", "subject", MONDAY_MORNING)
        return "result"

    with pytest.raises(DatabaseUnavailableError):
        await database.write_and_prepare(break_a_promise, order.append)

    # It was prepared while nobody knew yet, and that is the point of it.
    assert order == ["result"]
    assert await database.read(lambda uow: uow.due.next_at()) is None
    await database.write(make_workspace)
    await database.close()


async def test_a_lock_held_for_too_long_is_said_to_everybody_who_waits(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sqlite_connection.PRAGMAS, "busy_timeout", ("50", 50))
    database = SqliteDatabase(path)
    with closing(connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        outcomes = await asyncio.gather(*(database.write(make_workspace) for _ in range(100)), return_exceptions=True)
        assert {type(outcome) for outcome in outcomes} == {DatabaseUnavailableError}
        # Readers do not wait for writers.
        assert await database.read(lambda uow: uow.people.workspaces()) == []
        other.execute("ROLLBACK")

    await database.write(make_workspace)
    await database.close()


def put_a_directory_in_place_of(path: Path) -> None:
    path.rename(path.with_name("kept.db"))
    path.mkdir()


def put_back(path: Path) -> None:
    path.rmdir()
    path.with_name("kept.db").rename(path)


async def test_a_disk_that_is_gone_is_said_and_can_come_back(path: Path) -> None:
    put_a_directory_in_place_of(path)
    database = SqliteDatabase(path)
    for attempt in (database.write(make_workspace), database.read(lambda uow: None), database.ping()):
        with pytest.raises(DatabaseUnavailableError):
            await attempt

    put_back(path)
    await database.write(make_workspace)
    await database.ping()
    await database.close()


def is_there(path: Path) -> bool:
    return path.exists()


def move(path: Path, to: Path) -> None:
    path.rename(to)


def remove(path: Path) -> None:
    path.unlink()


def remove_log(path: Path) -> None:
    Path(f"{path}-wal").unlink()


def replace(path: Path) -> None:
    copy = path.with_suffix(".copy")
    copy.write_bytes(path.read_bytes())
    copy.replace(path)


@pytest.mark.parametrize("lose", [remove, remove_log, replace])
async def test_files_that_go_while_they_are_in_use_store_nothing_any_more(
    path: Path, lose: Callable[[Path], None]
) -> None:
    database = SqliteDatabase(path)
    await database.write(make_workspace)
    lose(path)
    gone = not is_there(path)
    for use in (database.ping, partial(database.write, make_workspace), partial(database.read, lambda uow: None)):
        with pytest.raises(DatabaseUnavailableError):
            await use()
    # Nothing new was made in its place either.
    assert is_there(path) is not gone
    await database.close()


async def test_what_was_stored_before_its_log_was_removed_is_there_after_a_new_start(path: Path) -> None:
    database = SqliteDatabase(path)
    await database.write(make_workspace)
    remove_log(path)
    with pytest.raises(DatabaseUnavailableError):
        await database.write(partial(make_workspace, external_id="T0002"))
    await database.close()
    again = SqliteDatabase(path)
    assert [one.external_id for one in await again.read(lambda uow: uow.people.workspaces())] == ["T0001"]
    await again.close()


async def test_a_file_that_is_put_back_serves_again(path: Path) -> None:
    database = SqliteDatabase(path)
    await database.write(make_workspace)
    elsewhere = path.with_suffix(".elsewhere")
    move(path, elsewhere)
    with pytest.raises(DatabaseUnavailableError):
        await database.write(make_workspace)
    move(elsewhere, path)
    await database.ping()
    assert len(await database.read(lambda uow: uow.people.workspaces())) >= 1
    await database.close()


async def test_a_lock_that_somebody_else_holds_shows_in_a_ping(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sqlite_connection.PRAGMAS, "busy_timeout", ("10", 10))
    database = SqliteDatabase(path)
    await database.ping()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseUnavailableError):
            await database.ping()
    await database.ping()
    await database.close()


async def test_a_full_disk_is_said_and_nothing_is_stored(path: Path) -> None:
    database = SqliteDatabase(path)

    def fill(uow: UnitOfWork) -> None:
        connection = uow._connection  # type: ignore[attr-defined]
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        workspace = make_workspace(uow)
        uow.people.save_overrides(workspace.id, {"language": "x" * 1_000_000})

    with pytest.raises(DatabaseUnavailableError, match="full"):
        await database.write(fill)

    assert await database.read(lambda uow: uow.people.workspaces()) == []
    await database.close()


async def test_a_closed_database_refuses_and_leaves_no_thread_and_no_log(path: Path) -> None:
    before = set(threading.enumerate())
    database = SqliteDatabase(path)
    pending = [asyncio.ensure_future(database.write(partial(make_workspace, external_id=f"T{n}"))) for n in range(100)]
    await asyncio.sleep(0)
    with closing(connect(path)):
        # Another program has it open, so SQLite does not empty the log by itself.
        await database.close()
        assert path.with_name(f"{path.name}-wal").stat().st_size == 0

    assert len(await asyncio.gather(*pending)) == 100
    assert not {thread for thread in set(threading.enumerate()) - before if thread.name.startswith("sqlite")}
    assert not path.with_name(f"{path.name}-wal").exists()
    with pytest.raises(DatabaseUnavailableError):
        await database.write(make_workspace)
    with pytest.raises(DatabaseUnavailableError):
        await database.read(make_workspace)


async def test_threads_and_open_files_stay_as_they_are(path: Path) -> None:
    def count() -> tuple[int, int]:
        return threading.active_count(), len(os.listdir("/proc/self/fd"))

    database = SqliteDatabase(path)
    # Two at once, so that both readers have opened their connection.
    meet = threading.Barrier(2)
    await asyncio.gather(*(database.read(lambda uow: meet.wait()) for _ in range(2)))
    await database.write(make_workspace)
    before = count()
    for _ in range(20):
        await asyncio.gather(*(database.write(make_workspace) for _ in range(20)), database.read(lambda uow: None))

    assert count() == before
    await database.close()


async def test_what_was_deleted_is_gone_from_every_byte(path: Path) -> None:
    secret = "a-sentence-that-must-not-survive"
    database = SqliteDatabase(path)

    def put(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        for number in range(200):
            uow.due.put(workspace.id, f"kind-{number}", secret, MONDAY_MORNING)

    def drop(uow: UnitOfWork) -> None:
        for number in range(200):
            uow.due.drop(1, f"kind-{number}", secret)

    await database.write(put)
    await database.write(drop)
    files = [path, path.with_name(f"{path.name}-wal")]
    assert any(secret.encode() in file.read_bytes() for file in files)
    await database.close()

    assert secret.encode() not in b"".join(file.read_bytes() for file in files if file.exists())


def test_every_caller_gets_a_connection_of_its_own(path: Path) -> None:
    with opened(path) as one, opened(path) as other:
        assert one.connection.driver_connection is not other.connection.driver_connection
