"""`flagclient migrate`: bring the database to the schema of this version."""

from __future__ import annotations

import asyncio

from bot.commands.console import explained, load_settings, say
from storage.engines.process_lock import acquire
from storage.engines.revision import HEAD
from storage.engines.schema import migrate


def migrate_database() -> None:
    """Bring the database at DATABASE_URL to the schema of this version; `run` does the same before it starts."""
    settings = load_settings()
    with explained(), acquire(settings.database_url):
        asyncio.run(migrate(settings.database_url))
    say(f"The database is at revision {HEAD}.")
