"""A workspace with what delivers to it, for the tests of what goes out."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.engines.database import open_database
from storage.engines.sqlite import SqliteDatabase
from tests.handlers.slack.outgoing_harness import OutgoingHarness, outgoing_harness


@pytest.fixture
async def back(sqlite_url: str) -> AsyncIterator[OutgoingHarness]:
    """Everything that goes out, on SQLite; Slack sets no limits."""
    database = open_database(sqlite_url)
    assert isinstance(database, SqliteDatabase)
    async with outgoing_harness(database) as ready:
        yield ready
    await database.close()


@pytest.fixture
async def paced(sqlite_url: str) -> AsyncIterator[OutgoingHarness]:
    """The same, in a workspace that enforces Slack's rates."""
    database = open_database(sqlite_url)
    assert isinstance(database, SqliteDatabase)
    async with outgoing_harness(database, rate_limits=True) as ready:
        yield ready
    await database.close()
