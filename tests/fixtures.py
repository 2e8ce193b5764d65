"""Databases, a clock and a harness for every test that asks for them, and how hard hypothesis looks."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import settings

from storage.engines import postgres, postgres_connection
from storage.engines.database import open_database
from storage.engines.postgres import PostgresDatabase
from storage.engines.schema import migrate
from storage.engines.sqlite import SqliteDatabase
from tests.embedded_postgres import EmbeddedPostgres, LentDatabases, embedded_postgres
from tests.frozen_clock import FrozenClock
from tests.harness import UNHURRIED
from tests.harness_fixtures import both_harness, harness, http_harness, recorded_setups, set_up, set_up_on_both

__all__ = ["both_harness", "harness", "http_harness", "recorded_setups", "set_up", "set_up_on_both"]

DATABASES = ("sqlite", "postgres")

EXAMPLES = int(os.environ.get("HYPOTHESIS_EXAMPLES", "15"))
"""How many examples hypothesis tries of each property; `HYPOTHESIS_EXAMPLES=2000 make test` looks much harder."""

# Without a deadline, so that a busy machine makes no test fail.
settings.register_profile("examples", settings.default, max_examples=EXAMPLES, deadline=None)
settings.load_profile("examples")


@pytest.fixture
def clock() -> FrozenClock:
    """A clock that stands still."""
    return FrozenClock()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the newest schema, for copying."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    asyncio.run(migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A new SQLite file with the newest schema."""
    path = tmp_path / "flagclient.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def lent_databases() -> Iterator[LentDatabases]:
    """Databases of the PostgreSQL server of this test run, or of this worker of it, for one test after another."""
    with embedded_postgres(forgetful=True) as server, closing(LentDatabases(server)) as databases:
        yield databases


@pytest.fixture(scope="session")
def postgres_server(lent_databases: LentDatabases) -> EmbeddedPostgres:
    """The PostgreSQL server itself; the `postgres_url` of a test that asks for it is of a database never used before.

    Nothing that other tests wrote is in the files of its databases then.
    """
    return lent_databases.server


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest, lent_databases: LentDatabases) -> Iterator[str]:
    """A PostgreSQL database with the newest schema, as good as new."""
    if "postgres_server" in request.fixturenames:
        lent_databases.remove_idle()
    url = lent_databases.lend()
    yield url
    lent_databases.give_back(url)


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with the newest schema, on either system in turn; on a busy machine much waits for long."""
    monkeypatch.setattr(postgres, "POOL_TIMEOUT_S", UNHURRIED)
    monkeypatch.setattr(postgres_connection, "ANSWER_TIMEOUT_S", UNHURRIED)
    for limit in ("statement_timeout", "lock_timeout"):
        monkeypatch.setitem(postgres_connection.LIMITS, limit, f"{UNHURRIED}s")
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[SqliteDatabase | PostgresDatabase]:
    """The opened database, on either system in turn."""
    opened = open_database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """Where an SQLite file can be made."""
    return f"sqlite:///{tmp_path}/new/flagclient.db"


@pytest.fixture
async def empty_postgres_url(postgres_server: EmbeddedPostgres) -> AsyncIterator[str]:
    """A PostgreSQL database without any tables."""
    url = await postgres_server.empty_database()
    yield url
    await postgres_server.drop(url)


@pytest.fixture(params=DATABASES)
def empty_url(request: pytest.FixtureRequest) -> str:
    """A database without any tables, on either system in turn."""
    url: str = request.getfixturevalue(f"empty_{request.param}_url")
    return url
