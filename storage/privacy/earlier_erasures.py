"""What was erased in a database that is about to be replaced."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.usecases.ports.database import DatabaseUnavailableError
from bot.usecases.ports.erasure import ErasedRecord
from bot.usecases.privacy.replaying import recorded_erasures
from storage.engines.database import open_database
from storage.engines.locations import parse_url
from storage.engines.revision import is_current

FIRST_WITH_ERASURES = "0004"
"""The migration before which nothing could be erased."""


async def erasures_at(url: str) -> list[ErasedRecord] | None:
    """Everything that the database at `url` says was erased; `None` where there is one that cannot be read."""
    location = parse_url(url)
    if isinstance(location, Path) and not location.exists():
        return []
    database = open_database(url)
    try:
        if not is_current(await database.schema_revision(), FIRST_WITH_ERASURES):
            return []
        return await database.read(recorded_erasures)
    except (DatabaseUnavailableError, SQLAlchemyError):
        return None
    finally:
        await database.close()
