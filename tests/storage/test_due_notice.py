"""Who is told that something has to be sent: after the commit that made it so, and after no other."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import pytest
from asyncpg.exceptions import SerializationError

from bot.domain.delivery_outcome import Delivered, Reason, RetryLater
from bot.domain.notices import AlertCard, FlagReceipt
from bot.usecases.ports import OutboxItem, UnitOfWork
from bot.usecases.ports.database import DatabaseUnavailableError
from storage.engines import postgres_connection
from storage.engines.database import open_database
from storage.engines.postgres import PostgresDatabase
from storage.engines.sqlite import SqliteDatabase
from tests.factories import make_workspace
from tests.frozen_clock import MONDAY_MORNING as NOW

AnyDatabase = SqliteDatabase | PostgresDatabase
CARD, LATER = AlertCard(1), AlertCard(2)
SECOND = timedelta(seconds=1)

Change = Callable[[UnitOfWork, int], object]


class Told:
    """Counts how often it is called."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        # Fails in a thread without a loop.
        asyncio.get_running_loop()
        self.times += 1


@dataclass
class Outbox:
    """A workspace with a card that waits for later, one that is parked and one that is dead; `told` is whom to tell."""

    database: AnyDatabase
    workspace_id: int
    told: Told

    async def change(self, change: Change) -> None:
        """Change it in a transaction."""
        await self.database.write(partial(change, workspace_id=self.workspace_id))


def _filled(uow: UnitOfWork) -> int:
    workspace_id = make_workspace(uow).id
    uow.outbox.put(workspace_id, AlertCard(3), NOW)
    uow.outbox.put(workspace_id, AlertCard(4), NOW)
    parked, dead = uow.outbox.claim(NOW, 2, SECOND)
    uow.outbox.park(parked, NOW, "place_gone", "")
    uow.outbox.kill(dead, NOW, "gave_up", "")
    uow.outbox.put(workspace_id, LATER, NOW, due_at=NOW + SECOND)
    return workspace_id


@pytest.fixture
async def outbox(database: AnyDatabase) -> Outbox:
    """An outbox on either database in turn, of which nobody has been told anything yet."""
    workspace_id = await database.write(_filled)
    told = Told()
    database.on_due_notice = told
    return Outbox(database, workspace_id, told)


def _claimed(uow: UnitOfWork, workspace_id: int) -> OutboxItem:
    uow.outbox.hasten(workspace_id, LATER.lane, NOW)
    (item,) = uow.outbox.claim(NOW, 1, SECOND)
    return item


TELLING: dict[str, Change] = {
    "put": lambda uow, workspace_id: uow.outbox.put(workspace_id, CARD, NOW),
    "put for now": lambda uow, workspace_id: uow.outbox.put(workspace_id, CARD, NOW, due_at=NOW),
    "put for before": lambda uow, workspace_id: uow.outbox.put(workspace_id, CARD, NOW, due_at=NOW - SECOND),
    "put once": lambda uow, workspace_id: uow.outbox.put_once(workspace_id, CARD, NOW),
    "put twice": lambda uow, workspace_id: [uow.outbox.put(workspace_id, CARD, NOW) for _ in range(2)],
    "put, and one for later": lambda uow, workspace_id: [
        uow.outbox.put(workspace_id, CARD, NOW, due_at=at) for at in (NOW, NOW + SECOND)
    ],
    "brought forward": lambda uow, workspace_id: uow.outbox.hasten(workspace_id, LATER.lane, NOW),
    "no longer parked": lambda uow, workspace_id: uow.outbox.unpark(workspace_id, NOW),
    "revived": lambda uow, workspace_id: uow.outbox.revive(workspace_id, NOW),
    "let go, so that the next one passes": lambda uow, workspace_id: uow.outbox.discard(workspace_id, NOW),
}

SILENT: dict[str, Change] = {
    "nothing": lambda uow, workspace_id: uow.people.workspace(workspace_id),
    "put for later": lambda uow, workspace_id: uow.outbox.put(workspace_id, CARD, NOW, due_at=NOW + SECOND),
    "there already": lambda uow, workspace_id: uow.outbox.put_once(workspace_id, LATER, NOW),
    "nothing to bring forward": lambda uow, workspace_id: uow.outbox.hasten(workspace_id, CARD.lane, NOW),
    "nothing parked": lambda uow, workspace_id: uow.outbox.unpark(workspace_id + 1, NOW),
    "no such letter": lambda uow, workspace_id: uow.outbox.revive(workspace_id, NOW, "none"),
    "dropped": lambda uow, workspace_id: uow.outbox.cancel(workspace_id, LATER.lane, (LATER.kind,)),
}


@pytest.mark.parametrize("name", TELLING)
async def test_a_commit_that_leaves_something_to_send_is_told_once(outbox: Outbox, name: str) -> None:
    await outbox.change(TELLING[name])
    assert outbox.told.times == 1


@pytest.mark.parametrize("name", SILENT)
async def test_any_other_commit_is_not_told(outbox: Outbox, name: str) -> None:
    await outbox.change(SILENT[name])
    assert outbox.told.times == 0


async def test_what_became_of_an_attempt_is_not_told(outbox: Outbox) -> None:
    workspace_id = outbox.workspace_id
    item = await outbox.database.write(lambda uow: _claimed(uow, workspace_id))
    outbox.told.times = 0
    later = RetryLater(Reason.PLATFORM_DOWN)
    await outbox.change(lambda uow, workspace_id: uow.outbox.finish(item, later, NOW, retry_at=NOW + SECOND))
    (again,) = await outbox.database.write(lambda uow: uow.outbox.claim(NOW + SECOND, 1, SECOND))
    await outbox.change(lambda uow, workspace_id: uow.outbox.finish(again, Delivered(), NOW, retry_at=None))
    assert outbox.told.times == 0


async def test_it_is_told_to_whoever_prepares_an_answer_as_well(outbox: Outbox) -> None:
    put = partial(TELLING["put"], workspace_id=outbox.workspace_id)
    await outbox.database.write_and_prepare(put, lambda _: None)
    assert outbox.told.times == 1


async def test_what_is_undone_is_not_told(outbox: Outbox) -> None:
    def fail(uow: UnitOfWork, workspace_id: int) -> None:
        uow.outbox.put(workspace_id, CARD, NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await outbox.change(fail)
    with pytest.raises(ZeroDivisionError):
        await outbox.database.write_and_prepare(partial(fail, workspace_id=outbox.workspace_id), lambda _: None)
    assert outbox.told.times == 0


def _put_and_break_a_promise(uow: UnitOfWork, workspace_id: int) -> None:
    uow.outbox.put(workspace_id, CARD, NOW)
    connection = uow._connection  # type: ignore[attr-defined]
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        uow.due.put(999, "kind", "subject", NOW)
    else:
        with pytest.raises(postgres_connection.errors()):
            uow.due.put(999, "kind", "subject", NOW)


async def test_a_commit_that_fails_is_not_told(outbox: Outbox) -> None:
    with pytest.raises(DatabaseUnavailableError):
        await outbox.change(_put_and_break_a_promise)
    put = partial(_put_and_break_a_promise, workspace_id=outbox.workspace_id)
    with pytest.raises(DatabaseUnavailableError):
        await outbox.database.write_and_prepare(put, lambda _: None)
    assert outbox.told.times == 0
    assert await outbox.database.read(lambda uow: uow.outbox.oldest_due(NOW)) is None


async def test_of_those_that_commit_together_only_what_failed_is_not_told(outbox: Outbox) -> None:
    def put(uow: UnitOfWork, number: int) -> None:
        uow.outbox.put(outbox.workspace_id, FlagReceipt(number, 1), NOW)
        if number % 2:
            raise ZeroDivisionError

    outcomes = await asyncio.gather(
        *(outbox.database.write(partial(put, number=number)) for number in range(8)), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes[1::2]] == [ZeroDivisionError] * 4
    assert outbox.told.times == 4


async def test_a_transaction_that_begins_anew_is_told_of_its_last_run(outbox: Outbox) -> None:
    runs = 0

    def put_the_first_time(uow: UnitOfWork, workspace_id: int) -> None:
        nonlocal runs
        runs += 1
        if runs == 1:
            uow.outbox.put(workspace_id, CARD, NOW)
            if isinstance(outbox.database, PostgresDatabase):
                raise SerializationError

    def fail(uow: UnitOfWork) -> None:
        raise ZeroDivisionError

    # On SQLite what fails has those that commit with it begin anew.
    await asyncio.gather(outbox.change(put_the_first_time), outbox.database.write(fail), return_exceptions=True)
    assert (runs, outbox.told.times) == (2, 0)


async def test_what_is_stored_is_told_although_nobody_awaits_it_any_more(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    workspace_id = await database.write(_filled)
    database.on_due_notice = told = Told()
    is_under_way, may_go_on = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def put(uow: UnitOfWork) -> None:
        loop.call_soon_threadsafe(is_under_way.set)
        assert may_go_on.wait(60)
        uow.outbox.put(workspace_id, CARD, NOW)

    writing = asyncio.create_task(database.write(put))
    await is_under_way.wait()
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    may_go_on.set()
    await database.write(lambda _: None)
    assert told.times == 1
    await database.close()
