"""What only PostgreSQL has: several processes, conflicts, and connections that break."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from functools import partial

import asyncpg
import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.usecases.ports.database import DatabaseUnavailableError, UnitOfWork
from storage.engines import postgres, postgres_connection
from storage.engines.database import open_database
from storage.engines.postgres import PostgresDatabase
from storage.engines.postgres_connection import LIMITS, say
from tests.factories import make_client, make_workspace

BREAK_CONNECTION = "SELECT pg_terminate_backend(pg_backend_pid())"


@pytest.fixture
async def database(postgres_url: str) -> AsyncIterator[PostgresDatabase]:
    opened = open_database(postgres_url)
    assert isinstance(opened, PostgresDatabase)
    yield opened
    await opened.close()


def execute(uow: UnitOfWork, statement: str) -> None:
    uow._connection.exec_driver_sql(statement)  # type: ignore[attr-defined]


async def test_the_server_keeps_our_limits(database: PostgresDatabase) -> None:
    def limits(uow: UnitOfWork) -> dict[str, str]:
        connection = uow._connection  # type: ignore[attr-defined]
        return {name: connection.exec_driver_sql(f"SHOW {name}").scalar_one() for name in ("application_name", *LIMITS)}

    assert await database.write(limits) == {
        "application_name": "flagclient",
        "statement_timeout": "10s",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "30s",
    }


async def test_two_that_deadlock_both_succeed_in_the_end(database: PostgresDatabase) -> None:
    def setup(uow: UnitOfWork) -> tuple[int, int, int]:
        workspace = make_workspace(uow)
        return workspace.id, make_client(uow, workspace).id, make_client(uow, workspace).id

    workspace_id, one, other = await database.write(setup)
    attempts = 0

    def lock_both(first: int, second: int, uow: UnitOfWork) -> None:
        nonlocal attempts
        attempts += 1
        execute(uow, "SET LOCAL deadlock_timeout = 50")
        uow.clients.locked(workspace_id, first)
        execute(uow, "SELECT pg_sleep(0.1)")
        uow.clients.locked(workspace_id, second)

    await asyncio.gather(database.write(partial(lock_both, one, other)), database.write(partial(lock_both, other, one)))

    assert attempts > 2


async def test_a_transaction_survives_the_loss_of_its_connection(database: PostgresDatabase) -> None:
    attempts = 0

    def lose_the_first(uow: UnitOfWork) -> None:
        nonlocal attempts
        attempts += 1
        make_workspace(uow)
        if attempts == 1:
            execute(uow, BREAK_CONNECTION)

    await database.write(lose_the_first)

    assert attempts == 2
    assert len(await database.read(lambda uow: uow.people.workspaces())) == 1


async def test_a_connection_that_keeps_breaking_is_said(
    database: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "PAUSES_S", (0.0, 0.0))

    with pytest.raises(DatabaseUnavailableError):
        await database.write(partial(execute, statement=BREAK_CONNECTION))


async def test_a_commit_without_an_answer_is_not_repeated(
    database: PostgresDatabase, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = 0
    monkeypatch.setattr(postgres, "say", lose_the_answer_to_a_commit)

    def count(uow: UnitOfWork) -> None:
        nonlocal attempts
        attempts += 1
        make_workspace(uow)

    with pytest.raises(DatabaseUnavailableError, match="commit"):
        await database.write(count)

    monkeypatch.undo()
    assert attempts == 1
    assert len(await database.read(lambda uow: uow.people.workspaces())) == 1


def lose_the_answer_to_a_commit(connection: Connection, statement: str) -> str:
    said = say(connection, statement)
    if statement == "COMMIT":
        raise ConnectionResetError("connection lost")
    return said


async def test_a_commit_that_rolls_back_is_said(database: PostgresDatabase) -> None:
    def go_on_after_an_error(uow: UnitOfWork) -> None:
        make_workspace(uow)
        with suppress(DBAPIError):
            execute(uow, "SELECT nothing FROM nowhere")

    with pytest.raises(DatabaseUnavailableError, match="ROLLBACK"):
        await database.write(go_on_after_an_error)


async def test_a_server_that_went_silent_is_said_and_its_connection_is_not_used_again(
    database: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_connection, "ANSWER_TIMEOUT_S", 0.2)

    with pytest.raises(DatabaseUnavailableError):
        await database.write(partial(execute, statement="SELECT pg_sleep(5)"))

    monkeypatch.undo()
    await database.write(make_workspace)
    assert len(await database.read(lambda uow: uow.people.workspaces())) == 1


async def test_a_cancelled_transaction_stores_nothing(database: PostgresDatabase) -> None:
    begun = asyncio.Event()

    def slow(uow: UnitOfWork) -> None:
        make_workspace(uow)
        begun.set()
        execute(uow, "SELECT pg_sleep(5)")

    writing = asyncio.create_task(database.write(slow))
    await begun.wait()
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert await database.read(lambda uow: uow.people.workspaces()) == []


async def test_a_lock_held_for_too_long_is_said(database: PostgresDatabase, postgres_url: str) -> None:
    await database.write(make_workspace)
    other = await asyncpg.connect(postgres_url)
    try:
        async with other.transaction():
            await other.execute("UPDATE workspace SET last_case_number = 7")

            def impatient(uow: UnitOfWork) -> None:
                execute(uow, "SET LOCAL lock_timeout = 50")
                uow.people.save_overrides(1, {})

            with pytest.raises(DatabaseUnavailableError):
                await database.write(impatient)
    finally:
        await other.close()


async def test_a_statement_that_takes_too_long_is_said(database: PostgresDatabase) -> None:
    def slow(uow: UnitOfWork) -> None:
        execute(uow, "SET LOCAL statement_timeout = 50")
        execute(uow, "SELECT pg_sleep(5)")

    with pytest.raises(DatabaseUnavailableError):
        await database.write(slow)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://nobody@127.0.0.1:1/nothing",
        "postgresql://nobody@/nothing?host=/nowhere",
    ],
)
async def test_a_server_that_is_not_there_is_said(url: str) -> None:
    database = open_database(url)

    with pytest.raises(DatabaseUnavailableError):
        await database.ping()
    await database.close()


async def test_a_database_that_is_not_there_is_said(postgres_url: str) -> None:
    database = open_database(postgres_url.replace("/test_", "/missing_"))

    with pytest.raises(DatabaseUnavailableError, match="does not exist"):
        await database.write(make_workspace)
    await database.close()


@pytest.mark.parametrize(
    ("parameter", "reason"),
    [("options=-cnothing%3D1", "unrecognized configuration parameter"), ("target_session_attrs=standby", "standby")],
)
async def test_a_connection_that_the_server_does_not_give_as_asked_is_said(
    postgres_url: str, parameter: str, reason: str
) -> None:
    database = open_database(f"{postgres_url}&{parameter}")

    with pytest.raises(DatabaseUnavailableError, match=reason):
        await database.ping()
    await database.close()


async def test_a_statement_that_is_wrong_is_nobodys_absence(database: PostgresDatabase) -> None:
    with pytest.raises(DBAPIError) as raised:
        await database.write(partial(execute, statement="SELECT nothing FROM nowhere"))

    assert not isinstance(raised.value, DatabaseUnavailableError)


async def test_more_transactions_than_connections_wait_for_their_turn(database: PostgresDatabase) -> None:
    await asyncio.gather(*(database.write(partial(make_workspace, external_id=f"T{number}")) for number in range(40)))

    assert len(await database.read(lambda uow: uow.people.workspaces())) == 40
