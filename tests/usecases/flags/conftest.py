"""An case for every test about flags."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.usecases.ports import Database
from storage.engines.database import open_database
from tests.usecases.flags.case_setup import CaseSetup, open_case


@pytest.fixture
async def sqlite_database(sqlite_url: str) -> AsyncIterator[Database]:
    """A database on SQLite."""
    opened = open_database(sqlite_url)
    yield opened
    await opened.close()


@pytest.fixture
async def case(sqlite_database: Database) -> CaseSetup:
    """A new case, on SQLite."""
    return await open_case(sqlite_database)


@pytest.fixture
async def any_case(database: Database) -> CaseSetup:
    """A new case on either database in turn, for what the databases themselves have a part in."""
    return await open_case(database)
