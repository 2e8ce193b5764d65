"""Due rows, on both databases alike."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.usecases.ports.database import UnitOfWork
from storage.engines.postgres import PostgresDatabase
from storage.engines.sqlite import SqliteDatabase
from storage.repositories import due
from tests.factories import make_workspace
from tests.frozen_clock import MONDAY_MORNING

AnyDatabase = SqliteDatabase | PostgresDatabase
MINUTE = timedelta(minutes=1)


async def test_due_rows_are_taken_once_earliest_first(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        for minutes in (3, 1, 2, 4):
            uow.due.put(workspace.id, "remind", str(minutes), MONDAY_MORNING + minutes * MINUTE)

        taken = uow.due.claim(MONDAY_MORNING + 3 * MINUTE, limit=2)
        assert [(item.subject, item.due_at) for item in taken] == [
            ("1", MONDAY_MORNING + MINUTE),
            ("2", MONDAY_MORNING + 2 * MINUTE),
        ]
        assert taken[0].workspace_id == workspace.id
        assert taken[0].kind == "remind"
        assert taken[0].attempts == 1
        assert [item.subject for item in uow.due.claim(MONDAY_MORNING + 3 * MINUTE, limit=9)] == ["3"]
        assert uow.due.claim(MONDAY_MORNING + 3 * MINUTE, limit=9) == []
        assert uow.due.next_at() == MONDAY_MORNING + 4 * MINUTE

    await database.write(story)


async def test_what_fails_with_its_effects_is_due_again(database: AnyDatabase) -> None:
    def setup(uow: UnitOfWork) -> None:
        uow.due.put(make_workspace(uow).id, "remind", "1", MONDAY_MORNING)

    def fail(uow: UnitOfWork) -> None:
        assert uow.due.claim(MONDAY_MORNING, 1)
        raise ZeroDivisionError

    await database.write(setup)
    with pytest.raises(ZeroDivisionError):
        await database.write(fail)

    assert len(await database.write(lambda uow: uow.due.claim(MONDAY_MORNING, 1))) == 1


async def test_another_moment_replaces_the_first(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        uow.due.put(workspace.id, "remind", "1", MONDAY_MORNING)
        uow.due.put(workspace.id, "remind", "1", MONDAY_MORNING + MINUTE)
        assert uow.due.claim(MONDAY_MORNING, 9) == []
        assert len(uow.due.claim(MONDAY_MORNING + MINUTE, 9)) == 1

        # A moment that was dealt with can come back, and starts counting anew.
        uow.due.put(workspace.id, "remind", "1", MONDAY_MORNING + 2 * MINUTE)
        (item,) = uow.due.claim(MONDAY_MORNING + 2 * MINUTE, 9)
        assert item.attempts == 1

    await database.write(story)


async def test_a_dropped_row_never_comes(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        uow.due.put(workspace.id, "remind", "1", MONDAY_MORNING)
        uow.due.put(workspace.id, "remind", "2", MONDAY_MORNING)
        uow.due.drop(workspace.id, "remind", "1")
        uow.due.drop(workspace.id, "another kind", "2")
        assert [item.subject for item in uow.due.claim(MONDAY_MORNING, 9)] == ["2"]
        assert uow.due.next_at() is None

    await database.write(story)


async def test_a_retry_counts_its_attempts(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        uow.due.put(make_workspace(uow).id, "remind", "1", MONDAY_MORNING)
        (first,) = uow.due.claim(MONDAY_MORNING, 1)
        uow.due.retry(first, MONDAY_MORNING + MINUTE)
        assert uow.due.claim(MONDAY_MORNING, 1) == []
        (second,) = uow.due.claim(MONDAY_MORNING + MINUTE, 1)
        assert (second.id, second.attempts) == (first.id, 2)

    await database.write(story)


async def test_what_was_done_long_ago_is_forgotten(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        for subject, at in (("old", MONDAY_MORNING), ("new", MONDAY_MORNING + MINUTE)):
            uow.due.put(workspace.id, "remind", subject, at)
            uow.due.claim(at, 1)
        uow.due.put(workspace.id, "remind", "waiting", MONDAY_MORNING - MINUTE)
        assert uow.due.prune(MONDAY_MORNING + MINUTE) == 1
        assert len(uow.due.claim(MONDAY_MORNING, 9)) == 1

    await database.write(story)


async def test_local_time_is_kept_as_it_was_said(database: AnyDatabase) -> None:
    local_at = datetime(2026, 3, 29, 2, 30)  # noqa: DTZ001 (wall time, in a gap at that)

    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        uow.due.put(workspace.id, "remind", "1", MONDAY_MORNING, local_at=local_at, zone="Europe/Amsterdam")
        row = uow._connection.exec_driver_sql("SELECT local_at, zone FROM due").one()  # type: ignore[attr-defined]
        assert str(row.local_at).startswith("2026-03-29 02:30:00")
        assert row.zone == "Europe/Amsterdam"

    await database.write(story)


async def test_no_row_is_taken_twice_by_eight_workers(database: AnyDatabase) -> None:
    def setup(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        for number in range(400):
            uow.due.put(workspace.id, "remind", str(number), MONDAY_MORNING)

    async def work() -> list[str]:
        taken: list[str] = []
        while items := await database.write(lambda uow: uow.due.claim(MONDAY_MORNING, 7)):
            taken += [item.subject for item in items]
        return taken

    await database.write(setup)
    taken = [subject for worker in await asyncio.gather(*(work() for _ in range(8))) for subject in worker]

    assert sorted(taken, key=int) == [str(number) for number in range(400)]


def test_only_postgresql_skips_what_another_worker_holds() -> None:
    assert "FOR UPDATE SKIP LOCKED" in due.CLAIM_IN["postgresql"]
    assert "FOR UPDATE" not in due.CLAIM_IN["sqlite"]
