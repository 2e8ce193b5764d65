"""The fixtures that put the whole bot on stage."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.beginnings import Beginnings, Begun
from tests.stage import Stage, staged

TRANSPORTS = ("http", "socket")


@pytest.fixture(params=TRANSPORTS)
async def stage(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Stage]:
    """The bot in its workspace, over either transport in turn, on SQLite."""
    async with staged(sqlite_url, request.param) as ready:
        yield ready


@pytest.fixture
async def http_stage(sqlite_url: str) -> AsyncIterator[Stage]:
    """The bot in its workspace over HTTP, on SQLite: for what does not depend on the transport."""
    async with staged(sqlite_url, "http") as ready:
        yield ready


@pytest.fixture
async def both_stage(database_url: str) -> AsyncIterator[Stage]:
    """The bot in its workspace over HTTP, on either database in turn."""
    async with staged(database_url, "http") as ready:
        yield ready


@pytest.fixture(scope="session")
def beginnings(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Beginnings:
    """The beginnings that this run has played, in whichever of its workers."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "beginnings"
    folder.mkdir(exist_ok=True)
    return Beginnings(folder, sqlite_template)


@asynccontextmanager
async def _begins(beginnings: Beginnings, folder: Path, transport: str) -> AsyncIterator[Begun]:
    numbers = count(1)
    async with AsyncExitStack() as stages:

        async def begin(beginning: Any, *args: Any, **kwargs: Any) -> Stage:
            database = folder / f"begun-{next(numbers)}.db"
            return await stages.enter_async_context(beginnings.begun(transport, database, beginning, *args, **kwargs))

        yield begin


@pytest.fixture
async def begun(beginnings: Beginnings, tmp_path: Path) -> AsyncIterator[Begun]:
    """`await begun(talked_about)` is the bot over HTTP, on SQLite, as `talked_about(stage)` leaves it."""
    async with _begins(beginnings, tmp_path, "http") as ready:
        yield ready


@pytest.fixture(params=TRANSPORTS)
async def begun_on_both(request: pytest.FixtureRequest, beginnings: Beginnings, tmp_path: Path) -> AsyncIterator[Begun]:
    """The same over either transport in turn, whatever was begun over."""
    async with _begins(beginnings, tmp_path, request.param) as ready:
        yield ready
