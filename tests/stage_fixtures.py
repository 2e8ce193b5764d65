"""The fixture that puts the whole bot on stage."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

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
