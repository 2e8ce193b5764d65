"""The database port, on both databases alike."""

from __future__ import annotations

import asyncio
import gc
from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest

from bot.domain.errors import NotFoundError
from bot.usecases.ports.database import DatabaseUnavailableError, UnitOfWork
from storage.engines.postgres import PostgresDatabase
from storage.engines.revision import HEAD
from storage.engines.sqlite import SqliteDatabase
from tests.factories import make_client, make_workspace
from tests.frozen_clock import MONDAY_MORNING

AnyDatabase = SqliteDatabase | PostgresDatabase


def external_ids(uow: UnitOfWork) -> list[str]:
    return [workspace.external_id for workspace in uow.people.workspaces()]


async def test_what_was_written_is_read_at_once(database: AnyDatabase) -> None:
    made = await database.write(make_workspace)

    assert await database.read(lambda uow: uow.people.workspace(made.id)) == made


async def test_an_exception_undoes_everything_and_comes_out_as_it_is(database: AnyDatabase) -> None:
    def fail(uow: UnitOfWork) -> None:
        make_workspace(uow)
        raise NotFoundError

    with pytest.raises(NotFoundError):
        await database.write(fail)

    assert await database.read(external_ids) == []
    await database.write(make_workspace)
    assert await database.read(external_ids) == ["T0001"]


async def test_what_is_prepared_from_a_result_comes_back_once_it_is_stored(database: AnyDatabase) -> None:
    works = [database.write_and_prepare(partial(make_workspace, external_id=f"T{n}"), repr) for n in range(20)]
    prepared = await asyncio.gather(*works)

    stored = await database.read(lambda uow: [repr(workspace) for workspace in uow.people.workspaces()])
    assert sorted(stored) == sorted(prepared)


async def test_nothing_is_prepared_from_a_transaction_that_fails_and_others_do_not_mind(database: AnyDatabase) -> None:
    prepared: list[object] = []

    def fail(uow: UnitOfWork) -> None:
        make_workspace(uow, "T2")
        raise NotFoundError

    outcomes = await asyncio.gather(
        *(
            database.write_and_prepare(work, prepared.append)
            for work in (partial(make_workspace, external_id="T1"), fail, partial(make_workspace, external_id="T3"))
        ),
        return_exceptions=True,
    )

    assert [type(outcome) for outcome in outcomes] == [type(None), NotFoundError, type(None)]
    assert len(prepared) == 2
    assert sorted(await database.read(external_ids)) == ["T1", "T3"]


async def test_an_error_in_preparing_comes_out_and_undoes_nothing(database: AnyDatabase) -> None:
    def prepare(made: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.write_and_prepare(make_workspace, prepare)

    assert await database.read(external_ids) == ["T0001"]


async def test_reading_cannot_write(database: AnyDatabase) -> None:
    with pytest.raises(Exception, match=r"readonly database|read-only transaction"):
        await database.read(make_workspace)

    assert await database.read(external_ids) == []


async def test_a_reader_keeps_its_snapshot_while_others_write(database: AnyDatabase) -> None:
    loop = asyncio.get_running_loop()
    counts = []

    def count_twice(uow: UnitOfWork) -> None:
        counts.append(len(external_ids(uow)))
        if isinstance(database, SqliteDatabase):
            # This runs on a reader thread, so the event loop is free to write meanwhile.
            asyncio.run_coroutine_threadsafe(database.write(make_workspace), loop).result()
        counts.append(len(external_ids(uow)))

    await database.read(count_twice)

    assert counts == [0, 0]
    if isinstance(database, SqliteDatabase):
        assert await database.read(external_ids) == ["T0001"]


async def test_a_savepoint_undoes_only_what_is_inside(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        make_workspace(uow, "before")
        with suppress(NotFoundError), uow.savepoint():
            make_workspace(uow, "inside")
            raise NotFoundError
        with uow.savepoint():
            make_workspace(uow, "after")

    await database.write(story)

    assert await database.read(external_ids) == ["before", "after"]


async def test_transactions_that_wait_together_succeed_and_fail_apart(database: AnyDatabase) -> None:
    def add(number: int, uow: UnitOfWork) -> int:
        make_workspace(uow, f"T{number}")
        if number % 3 == 0:
            raise KeyError(number)
        return number

    waiting = [database.write(partial(add, number)) for number in range(30)]
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)

    for number, outcome in enumerate(outcomes):
        assert isinstance(outcome, KeyError) if number % 3 == 0 else outcome == number
    stored = set(await database.read(external_ids))
    assert stored == {f"T{number}" for number in range(30) if number % 3}


async def test_no_update_of_a_hot_client_is_lost(database: AnyDatabase) -> None:
    def setup(uow: UnitOfWork) -> tuple[int, int]:
        client = make_client(uow, make_workspace(uow), yearly_value=0)
        return client.workspace_id, client.id

    def add_one(uow: UnitOfWork) -> None:
        client = uow.clients.locked(*ids)
        assert client is not None
        assert client.yearly_value is not None
        uow.clients.change(client.id, yearly_value=client.yearly_value + 1)

    ids = await database.write(setup)
    await asyncio.gather(*(database.write(add_one) for _ in range(100)))

    client = await database.read(lambda uow: uow.clients.find(*ids))
    assert client is not None
    assert client.yearly_value == 100


async def test_a_caller_that_gave_up_leaves_nothing_hanging(database: AnyDatabase) -> None:
    task = asyncio.ensure_future(database.write(make_workspace))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert await database.write(external_ids) in ([], ["T0001"])


async def test_a_caller_that_gave_up_before_its_result_leaves_nothing_hanging(
    database: AnyDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(uow: UnitOfWork) -> None:
        raise NotFoundError

    waiting = asyncio.ensure_future(database.write_and_prepare(fail, repr))
    await asyncio.sleep(0)
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting
    # An outcome that nobody took is told once nothing holds it any more: not its task, nor a thread its last group.
    del waiting
    for name in ("T1", "T2"):
        await database.write(partial(make_workspace, external_id=name))
    gc.collect()

    assert caplog.messages == []


async def test_stop_iteration_does_not_leave_its_caller_hanging(database: AnyDatabase) -> None:
    with pytest.raises(RuntimeError):
        await asyncio.wait_for(database.write(lambda _: next(iter(()))), timeout=30)


async def test_it_answers_and_knows_its_schema(database: AnyDatabase) -> None:
    await database.ping()

    assert await database.schema_revision() == HEAD


async def test_closing_twice_is_fine(database: AnyDatabase) -> None:
    await database.write(make_workspace)
    await database.close()
    await database.close()


async def test_the_error_of_a_statement_names_no_value(database: AnyDatabase) -> None:
    def refer_to_nothing(uow: UnitOfWork) -> None:
        uow.due.put(4711, "kind", "the secret", MONDAY_MORNING + timedelta(days=1))

    with pytest.raises(Exception, match=r"(?i)foreign key") as raised:
        await database.write(refer_to_nothing)
    assert not isinstance(raised.value, DatabaseUnavailableError)
    assert "secret" not in str(raised.value)
