"""New databases for the bench, as durable as in earnest, and what is put into them beforehand."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path

from storage.engines.database import open_database
from storage.engines.postgres import PostgresDatabase
from storage.engines.schema import migrate
from storage.engines.sqlite import SqliteDatabase
from tests.embedded_postgres import EmbeddedPostgres, embedded_postgres

SQLITE = "SQLite"
POSTGRES = "PostgreSQL"
SYSTEMS = (SQLITE, POSTGRES)


class Databases:
    """Makes databases with our schema on either system, by its name; PostgreSQL starts when first asked for."""

    def __init__(self, folder: Path, started: ExitStack) -> None:
        self._folder = folder
        self._started = started
        self._server: EmbeddedPostgres | None = None
        self._made = 0

    async def new(self, system: str) -> str:
        """The URL of a new database."""
        if system == POSTGRES:
            return await self._postgres().migrated_database()
        url = self.unmade_sqlite()
        await migrate(url)
        return url

    def unmade_sqlite(self) -> str:
        """The URL of an SQLite file that is not there yet."""
        self._made += 1
        return f"sqlite:///{self._folder / f'bench-{self._made}.db'}"

    def _postgres(self) -> EmbeddedPostgres:
        if self._server is None:
            self._server = self._started.enter_context(embedded_postgres())
        return self._server


@contextmanager
def databases() -> Iterator[Databases]:
    """Databases that are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="flagclient-bench-") as folder, ExitStack() as started:
        yield Databases(Path(folder), started)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[SqliteDatabase | PostgresDatabase]:
    """The database at `url`, closed afterwards."""
    database = open_database(url)
    try:
        yield database
    finally:
        await database.close()
