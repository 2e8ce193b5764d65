"""Backing up while the bot runs, and restoring, on both databases."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sqlite3
import stat
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from bot.usecases.ports.database import UnitOfWork
from storage.backup.backup import BackupError, backup, is_quarantined, release_quarantine, restore, verify
from storage.backup.manifest import manifest_path
from storage.engines.database import open_database
from storage.engines.locations import parse_url
from storage.engines.process_lock import DatabaseInUseError, acquire
from storage.engines.revision import HEAD
from storage.engines.sqlite_connection import connect
from tests.embedded_postgres import EmbeddedPostgres
from tests.factories import make_client, make_flag, make_person, make_workspace
from tests.frozen_clock import MONDAY_MORNING


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "today"


@pytest.fixture(autouse=True)
def programs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests on PostgreSQL, which have it in their name: its programs, of the version of its server."""
    if "postgres" in request.node.name:
        server: EmbeddedPostgres = request.getfixturevalue("postgres_server")
        monkeypatch.setenv("PATH", f"{server.programs}:{os.environ['PATH']}")


def fill(uow: UnitOfWork) -> None:
    workspace = make_workspace(uow)
    make_flag(uow, make_client(uow, workspace, "Acme"), make_person(uow, workspace), what_happened="A tële 🚩")


async def names(url: str) -> list[str]:
    database = open_database(url)
    try:
        return await database.read(lambda uow: [name.name for name in uow.clients.names(1)])
    finally:
        await database.close()


async def write(url: str, *works: object) -> None:
    database = open_database(url)
    for work in works:
        await database.write(work)  # type: ignore[arg-type]
    await database.close()


async def test_a_backup_brings_everything_back_and_sends_nothing(database_url: str, target: Path) -> None:
    await write(database_url, fill)
    manifest = await backup(database_url, target)
    assert manifest.schema_revision == HEAD
    assert (manifest.rows["client"], manifest.rows["flag"], manifest.rows["alert"]) == (1, 1, 0)
    assert await verify(target) == manifest

    await write(database_url, partial(make_client, workspace=await workspace_of(database_url), name="Later"))
    assert await restore(target, database_url, force=True) == manifest

    assert await names(database_url) == ["Acme"]
    database = open_database(database_url)
    assert await is_quarantined(database)
    assert await release_quarantine(database)
    await database.close()


async def workspace_of(url: str) -> object:
    database = open_database(url)
    try:
        return await database.read(lambda uow: uow.people.workspace(1))
    finally:
        await database.close()


async def test_nothing_is_overwritten_unless_forced(database_url: str, target: Path) -> None:
    await write(database_url, fill)
    await backup(database_url, target)
    with pytest.raises(BackupError, match="already"):
        await backup(database_url, target)
    with pytest.raises(BackupError, match="already"):
        await restore(target, database_url)
    await backup(database_url, target, force=True)


async def test_a_restored_copy_goes_to_an_empty_place_without_force(
    sqlite_url: str, target: Path, tmp_path: Path
) -> None:
    await write(sqlite_url, fill)
    await backup(sqlite_url, target)
    elsewhere = f"sqlite:///{tmp_path}/elsewhere/flagclient.db"
    await restore(target, elsewhere)

    assert await names(elsewhere) == ["Acme"]


async def test_the_log_of_the_file_before_is_not_read_into_the_restored_one(sqlite_url: str, target: Path) -> None:
    path = parse_url(sqlite_url)
    assert isinstance(path, Path)
    await write(sqlite_url, fill)
    await backup(sqlite_url, target)
    with closing(connect(path)) as crashed:
        crashed.execute("UPDATE client_name SET name = 'From the log'")
        shutil.copyfile(f"{path}-wal", f"{path}-wal.kept")
    os.rename(f"{path}-wal.kept", f"{path}-wal")
    await restore(target, sqlite_url, force=True)

    assert await names(sqlite_url) == ["Acme"]


async def test_an_empty_postgres_database_is_filled_without_force(
    postgres_url: str, target: Path, postgres_server: EmbeddedPostgres
) -> None:
    await write(postgres_url, fill)
    await backup(postgres_url, target)
    elsewhere = await postgres_server.empty_database()
    await restore(target, elsewhere)

    assert await names(elsewhere) == ["Acme"]
    await postgres_server.drop(elsewhere)


async def test_a_backup_under_writes_is_one_moment_and_a_copied_file_is_not(sqlite_url: str, target: Path) -> None:
    path = parse_url(sqlite_url)
    assert isinstance(path, Path)
    database = open_database(sqlite_url)
    workspace = await database.write(make_workspace)
    is_done = False

    async def keep_writing() -> None:
        number = 0
        while not is_done:
            number += 1
            await database.write(partial(make_client, workspace=workspace, name=f"Client {number}"))

    writing = asyncio.ensure_future(keep_writing())
    await backup(sqlite_url, target)
    shutil.copyfile(path, target.with_name("copied"))
    is_done = True
    await writing
    stored = len(await names(sqlite_url))

    def count(file: Path) -> tuple[int, int]:
        with closing(sqlite3.connect(file)) as connection:
            clients = connection.execute("SELECT count(*) FROM client").fetchone()[0]
            return clients, connection.execute("SELECT count(*) FROM client_name").fetchone()[0]

    in_backup, in_copy = count(target), count(target.with_name("copied"))
    assert in_backup[0] == in_backup[1]
    # What was committed last stands in the write-ahead log, which a copy of the file leaves behind.
    assert in_copy[0] < stored
    await database.close()


async def test_a_backup_can_be_read_by_its_owner_only(database_url: str, target: Path) -> None:
    await backup(database_url, target)

    assert {stat.S_IMODE(os.stat(path).st_mode) for path in (target, manifest_path(target))} == {0o600}
    assert sorted(os.listdir(target.parent)) == ["today", "today.manifest.json"]


async def test_what_was_deleted_is_not_in_the_backup(sqlite_url: str, target: Path) -> None:
    secret = "a-subject-that-was-dropped"

    def put_and_drop(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        uow.due.put(workspace.id, "kind", secret, MONDAY_MORNING)
        uow.due.drop(workspace.id, "kind", secret)

    await write(sqlite_url, put_and_drop)
    await backup(sqlite_url, target)

    assert not contains(target, secret)


def contains(path: Path, text: str) -> bool:
    return text.encode() in path.read_bytes()


async def test_a_running_bot_keeps_its_file(sqlite_url: str, target: Path) -> None:
    await backup(sqlite_url, target)
    with acquire(sqlite_url), pytest.raises(DatabaseInUseError):
        await restore(target, sqlite_url, force=True)


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def edit_manifest(backup_path: Path, **values: object) -> None:
    path = manifest_path(backup_path)
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}))


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (damage, "damaged"),
        (lambda path: manifest_path(path).unlink(), "beside"),
        (lambda path: manifest_path(path).write_text("{"), "cannot be read"),
        (lambda path: path.unlink(), "There is no"),
        (partial(edit_manifest, format=2), "newer"),
        (partial(edit_manifest, rows={}), "rows"),
        (partial(edit_manifest, schema_revision="9999"), "schema 9999"),
        (partial(edit_manifest, schema_revision=None), "schema None"),
        (partial(edit_manifest, database="postgresql"), "backup of postgresql"),
    ],
)
async def test_a_backup_that_is_not_what_it_says_is_refused(
    sqlite_url: str, target: Path, spoil: object, reason: str
) -> None:
    await write(sqlite_url, fill)
    await backup(sqlite_url, target)
    spoil(target)  # type: ignore[operator]
    with pytest.raises(BackupError, match=reason):
        await restore(target, sqlite_url, force=True)

    assert await names(sqlite_url) == ["Acme"]


async def test_a_database_that_is_not_there_cannot_be_backed_up(tmp_path: Path, target: Path) -> None:
    with pytest.raises(BackupError, match="There is no"):
        await backup(f"sqlite:///{tmp_path}/missing.db", target)


async def test_a_missing_program_is_named(postgres_url: str, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(BackupError, match="pg_dump is not installed"):
        await backup(postgres_url, target)


async def test_what_postgres_says_is_passed_on(postgres_url: str, target: Path) -> None:
    await backup(postgres_url, target)
    with pytest.raises(BackupError, match=r"psql failed: .*nothing"):
        await restore(target, postgres_url.replace("/test_", "/nothing_"), force=True)
