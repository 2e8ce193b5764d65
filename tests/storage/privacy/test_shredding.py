"""What was deleted is in no file of the database any more, read byte by byte."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.usecases.ports import UnitOfWork
from storage.engines.database import open_database
from storage.engines.locations import parse_url
from storage.engines.postgres import PostgresDatabase
from storage.engines.sqlite_connection import PRAGMAS, connect
from storage.privacy import shredding
from storage.privacy.shredding import shred
from tests.embedded_postgres import EmbeddedPostgres
from tests.factories import make_client, make_flag, make_person, make_workspace
from tests.frozen_clock import MONDAY_MORNING

CANARY = "xylofoonkraai"
FLAGS = 300
LENGTHS = (10, 40, 80)
LONGER = text("UPDATE flag SET my_view = :view WHERE id = :flag")

HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT count(*) FROM flag").fetchone()
print("open", flush=True)
sys.stdin.read()
"""
"""Another program that has the file open."""


def fill(uow: UnitOfWork) -> int:
    """Flags of four clients, of very different lengths and longer later on; one client's id.

    Rows move between pages by that, and leave copies of themselves in the file that deleting them does not clear.
    """
    rng = random.Random(2)  # noqa: S311 (one with which copies are left)
    workspace = make_workspace(uow)
    person = make_person(uow, workspace)
    clients = [make_client(uow, workspace, name) for name in (CANARY, "Acme", "Umbra", "Nimbus")]
    flags: list[tuple[int, str]] = []
    for number in range(FLAGS):
        whose = rng.randrange(len(clients))
        word = "ordinary" if whose else CANARY
        said = f"{word}{number} " * rng.choice(LENGTHS)
        flags.append((make_flag(uow, clients[whose], person, what_happened=said), word))
        if number % 2 == 0:
            flag_id, word = rng.choice(flags)
            _connection(uow).execute(LONGER, {"view": f"{word} " * rng.choice(LENGTHS), "flag": flag_id})
    return clients[0].id


def _connection(uow: UnitOfWork) -> Connection:
    connection: Connection = uow._connection  # type: ignore[attr-defined]
    return connection


def occurrences(files: list[Path]) -> int:
    """How often the canary is in files. Another program reads them: closing one here would drop SQLite's locks."""
    found = subprocess.run(  # noqa: S603 (fixed arguments)
        ["/bin/cat", *map(str, files)], capture_output=True, check=True
    ).stdout
    return found.count(CANARY.encode())


def files_of(url: str) -> list[Path]:
    path = parse_url(url)
    assert isinstance(path, Path)
    return sorted(path.parent.glob(f"{path.name}*"))


async def erase(url: str, client_id: int) -> None:
    database = open_database(url)
    await database.write(lambda uow: uow.erasure.erase_client([client_id], MONDAY_MORNING))
    await database.close()


async def written(url: str) -> int:
    database = open_database(url)
    client_id = await database.write(fill)
    await database.close()
    return client_id


async def test_nothing_is_left_in_a_file_that_others_have_open(sqlite_url: str) -> None:
    client_id = await written(sqlite_url)
    path = parse_url(sqlite_url)
    assert isinstance(path, Path)
    running = open_database(sqlite_url)
    await running.read(lambda uow: uow.clients.names(1))
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDER, str(path), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert other.stdout is not None
        assert await other.stdout.readline() == b"open\n"
        await running.write(lambda uow: uow.erasure.erase_client([client_id], MONDAY_MORNING))
        assert occurrences(files_of(sqlite_url)) > 0
        assert await shred(sqlite_url)
        assert len(files_of(sqlite_url)) == 3
        assert occurrences(files_of(sqlite_url)) == 0
    finally:
        other.kill()
        await other.communicate()
    named = await running.read(lambda uow: [name.name for name in uow.clients.names(1)])
    assert named == ["Acme", "Umbra", "Nimbus"]
    await running.close()


async def test_a_reader_that_stays_keeps_the_log_from_being_emptied(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client_id = await written(sqlite_url)
    path = parse_url(sqlite_url)
    assert isinstance(path, Path)
    monkeypatch.setattr(shredding, "MAX_ATTEMPTS", 2)
    with closing(connect(path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM flag").fetchone()
        monkeypatch.setitem(PRAGMAS, "busy_timeout", ("20", 20))
        await erase(sqlite_url, client_id)
        assert not await shred(sqlite_url)
        reader.execute("ROLLBACK")
        assert await shred(sqlite_url)
    assert occurrences(files_of(sqlite_url)) == 0


async def test_a_writer_that_stays_is_waited_for_and_then_given_up_on(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = parse_url(sqlite_url)
    assert isinstance(path, Path)
    monkeypatch.setattr(shredding, "MAX_ATTEMPTS", 2)
    monkeypatch.setitem(PRAGMAS, "busy_timeout", ("20", 20))
    with closing(connect(path)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert not await shred(sqlite_url)


async def server_files(server: EmbeddedPostgres, url: str) -> list[Path]:
    """The files of one database of the server, after everything that is in memory was written to them."""
    database = open_database(url)
    assert isinstance(database, PostgresDatabase)
    async with database._engine.connect() as connection:
        await connection.execute(text("CHECKPOINT"))
        number = await connection.scalar(text("SELECT oid FROM pg_database WHERE datname = current_database()"))
    await database.close()
    return [path for path in (server.directory / "base" / str(number)).iterdir() if path.is_file()]


async def test_nothing_is_left_in_the_files_of_a_server(postgres_url: str, postgres_server: EmbeddedPostgres) -> None:
    client_id = await written(postgres_url)
    running = open_database(postgres_url)
    assert isinstance(running, PostgresDatabase)
    async with running._engine.connect() as connection:
        await connection.execute(text("ANALYZE"))
    await erase(postgres_url, client_id)
    assert occurrences(await server_files(postgres_server, postgres_url)) > 0
    assert await shred(postgres_url)
    assert occurrences(await server_files(postgres_server, postgres_url)) == 0
    named = await running.read(lambda uow: [name.name for name in uow.clients.names(1)])
    assert named == ["Acme", "Umbra", "Nimbus"]
    await running.close()


async def test_samples_of_a_table_that_is_empty_now_go_as_well(
    postgres_url: str, postgres_server: EmbeddedPostgres
) -> None:
    def only_one(uow: UnitOfWork) -> int:
        workspace = make_workspace(uow)
        client = make_client(uow, workspace, CANARY)
        make_flag(uow, client, make_person(uow, workspace), what_happened=CANARY)
        make_flag(uow, client, make_person(uow, workspace), what_happened=CANARY)
        return client.id

    running = open_database(postgres_url)
    assert isinstance(running, PostgresDatabase)
    client_id = await running.write(only_one)
    async with running._engine.connect() as connection:
        await connection.execute(text("ANALYZE"))
    await erase(postgres_url, client_id)
    assert await shred(postgres_url)
    assert occurrences(await server_files(postgres_server, postgres_url)) == 0
    await running.close()


@pytest.mark.parametrize("statement", ["SELECT count(*) FROM flag", "SELECT count(*) FROM workspace"])
async def test_who_still_looks_at_what_was_keeps_a_server_from_clearing_it(
    postgres_url: str, statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client_id = await written(postgres_url)
    monkeypatch.setattr(shredding, "MAX_ATTEMPTS", 1)
    monkeypatch.setattr(shredding, "LOCK_TIMEOUT", "20ms")
    monkeypatch.setattr(shredding, "PAUSE_SECONDS", 0)
    looking = open_database(postgres_url)
    assert isinstance(looking, PostgresDatabase)
    async with looking._engine.connect() as connection:
        await connection.execute(text("BEGIN ISOLATION LEVEL REPEATABLE READ"))
        await connection.execute(text(statement))
        await erase(postgres_url, client_id)
        assert not await shred(postgres_url)
        await connection.execute(text("ROLLBACK"))
    assert await shred(postgres_url)
    await looking.close()
