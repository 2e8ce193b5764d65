"""The fixtures that run the whole bot."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.harness import Harness, running_harness
from tests.recorded_setups import RecordedSetups, SetUp

TRANSPORTS = ("http", "socket")


@pytest.fixture(params=TRANSPORTS)
async def harness(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Harness]:
    """The bot in its workspace, over either transport in turn, on SQLite."""
    async with running_harness(sqlite_url, request.param) as ready:
        yield ready


@pytest.fixture
async def http_harness(sqlite_url: str) -> AsyncIterator[Harness]:
    """The bot in its workspace over HTTP, on SQLite: for what does not depend on the transport."""
    async with running_harness(sqlite_url, "http") as ready:
        yield ready


@pytest.fixture
async def both_harness(database_url: str) -> AsyncIterator[Harness]:
    """The bot in its workspace over HTTP, on either database in turn."""
    async with running_harness(database_url, "http") as ready:
        yield ready


@pytest.fixture(scope="session")
def recorded_setups(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> RecordedSetups:
    """The setups that this run has recorded, in whichever of its workers."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "recorded_setups"
    folder.mkdir(exist_ok=True)
    return RecordedSetups(folder, sqlite_template)


@asynccontextmanager
async def _begins(recorded_setups: RecordedSetups, folder: Path, transport: str) -> AsyncIterator[SetUp]:
    numbers = count(1)
    async with AsyncExitStack() as harnesses:

        async def begin(beginning: Any, *args: Any, **kwargs: Any) -> Harness:
            database = folder / f"set_up-{next(numbers)}.db"
            return await harnesses.enter_async_context(
                recorded_setups.set_up(transport, database, beginning, *args, **kwargs)
            )

        yield begin


@pytest.fixture
async def set_up(recorded_setups: RecordedSetups, tmp_path: Path) -> AsyncIterator[SetUp]:
    """`await set_up(talked_about)` is the bot over HTTP, on SQLite, as `talked_about(harness)` leaves it."""
    async with _begins(recorded_setups, tmp_path, "http") as ready:
        yield ready


@pytest.fixture(params=TRANSPORTS)
async def set_up_on_both(
    request: pytest.FixtureRequest, recorded_setups: RecordedSetups, tmp_path: Path
) -> AsyncIterator[SetUp]:
    """The same over either transport in turn, whatever was recorded over."""
    async with _begins(recorded_setups, tmp_path, request.param) as ready:
        yield ready
