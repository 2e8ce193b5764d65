"""An office for every test about clients, their alerts, discussions and debriefs."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.usecases.ports import Database
from storage.database import open_database
from tests.usecases.flags.office import Office, open_office


@pytest.fixture
async def sqlite_database(sqlite_url: str) -> AsyncIterator[Database]:
    """A database on SQLite."""
    opened = open_database(sqlite_url)
    yield opened
    await opened.close()


@pytest.fixture
async def office(sqlite_database: Database) -> Office:
    """A new office, on SQLite."""
    return await open_office(sqlite_database)


@pytest.fixture
async def any_office(database: Database) -> Office:
    """A new office on either database in turn, for what the databases themselves have a part in."""
    return await open_office(database)
