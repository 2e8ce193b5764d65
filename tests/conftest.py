"""Databases and a clock for every test that asks for them."""

from __future__ import annotations

import asyncio
import faulthandler
import gc
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from pytest_timeout import Settings, is_debugging
from xdist.remote import Producer

from storage import postgres, postgres_connection
from storage.database import open_database
from storage.postgres import PostgresDatabase
from storage.schema import migrate
from storage.sqlite import SqliteDatabase
from tests.embedded_postgres import EmbeddedPostgres, embedded_postgres
from tests.frozen_clock import FrozenClock
from tests.memory import in_memory
from tests.scheduling import SharingTestsTogether
from tests.stage import UNHURRIED
from tests.stage_fixtures import beginnings, begun, begun_on_both, both_stage, http_stage, stage

__all__ = ["beginnings", "begun", "begun_on_both", "both_stage", "http_stage", "stage"]

DATABASES = ("sqlite", "postgres")

EXAMPLES = int(os.environ.get("HYPOTHESIS_EXAMPLES", "15"))
"""How many examples hypothesis tries of each property; `HYPOTHESIS_EXAMPLES=2000 make test` looks much harder."""

# Without a deadline, so that a busy machine makes no test fail.
settings.register_profile("examples", settings.default, max_examples=EXAMPLES, deadline=None)
settings.load_profile("examples")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> SharingTestsTogether:
    """What spreads the tests over workers, where there are several."""
    return SharingTestsTogether(config, log)


def pytest_configure() -> None:
    """Keep what tests write in memory where there is room; `PYTEST_DEBUG_TEMPROOT` names another place."""
    # An alarm prints where every thread is, and then ends the process as it would by itself.
    faulthandler.register(signal.SIGALRM, os.dup(sys.__stderr__.fileno()), chain=True)
    if place := in_memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(place))


def pytest_timeout_set_timer(settings: Settings) -> bool:
    """Have an alarm end the process where a test hangs, whatever holds it: pytest-timeout starts a thread for each."""
    if settings.disable_debugger_detection or not is_debugging():
        signal.setitimer(signal.ITIMER_REAL, settings.timeout)
    return True


def pytest_timeout_cancel_timer() -> bool:
    """Call the alarm off."""
    signal.setitimer(signal.ITIMER_REAL, 0)
    return True


def pytest_enter_pdb() -> None:
    """Let somebody look for as long as they like."""
    signal.setitimer(signal.ITIMER_REAL, 0)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Look for garbage no more: pytest has just done so, and both it and Python would again as they end."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect without looking for garbage, and never look through the collected tests: they stay until the end.

    From then on it is looked for seldom, as every test builds a bot and a workspace: a tenth of the time went there.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(200_000, 20, 20)
        gc.enable()


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
def postgres_server() -> Iterator[EmbeddedPostgres]:
    """The PostgreSQL server of this test run, or of this worker of it."""
    with embedded_postgres(forgetful=True) as server:
        yield server


@pytest.fixture
async def postgres_url(postgres_server: EmbeddedPostgres) -> AsyncIterator[str]:
    """A new PostgreSQL database with the newest schema."""
    url = await postgres_server.migrated_database()
    yield url
    await postgres_server.drop(url)


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A new database with the newest schema, on either system in turn; on a busy machine much waits for long."""
    monkeypatch.setattr(postgres, "POOL_TIMEOUT_S", UNHURRIED)
    monkeypatch.setattr(postgres_connection, "ANSWER_TIMEOUT_S", UNHURRIED)
    for limit in ("statement_timeout", "lock_timeout"):
        monkeypatch.setitem(postgres_connection.SERVER_SETTINGS, limit, str(int(UNHURRIED * 1000)))
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[SqliteDatabase | PostgresDatabase]:
    """The opened database, on either system in turn."""
    opened = open_database(database_url)
    yield opened
    await opened.close()
