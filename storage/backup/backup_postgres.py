"""Copies of a PostgreSQL database, made and put back by PostgreSQL's own programs."""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path

from sqlalchemy import URL, Connection, NullPool, inspect

from storage.backup.manifest import (
    BackupError,
    Manifest,
    digest,
    new_private_file,
    put_in_place,
    read_manifest,
    write_manifest,
)
from storage.backup.quarantine import SET_QUARANTINE
from storage.engines.locations import libpq_url
from storage.engines.postgres_connection import engine_for, refuse_pooler
from storage.engines.revision import stored_revision


async def backup_server(url: URL, target: Path) -> Manifest:
    """Dump the database as it is at one moment with `pg_dump`, and write the manifest.

    Raises `BackupError` when the program is missing or fails, and `PoolerError`.
    """
    await refuse_pooler(url)
    unfinished = new_private_file(target.with_name(f"{target.name}.unfinished"))
    engine = engine_for(url, poolclass=NullPool, isolation_level="REPEATABLE READ")
    try:
        async with engine.connect() as connection:
            revision, rows, snapshot = await connection.run_sync(_describe)
            # The rows that were counted are the rows that are dumped, whatever is written meanwhile.
            await _run(url, "pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={unfinished}")
    finally:
        await engine.dispose()
    put_in_place(unfinished, target)
    manifest = Manifest("postgresql", revision, rows, digest(target))
    write_manifest(target, manifest)
    return manifest


async def restore_server(backup: Path, url: URL) -> Manifest:
    """Replace the tables that `backup` holds by what it holds of them, in quarantine, in one transaction.

    Raises as `backup_server` does.
    """
    await refuse_pooler(url)
    manifest = read_manifest(backup)
    script = new_private_file(backup.with_name(f"{backup.name}.sql"))
    try:
        await _run(None, "pg_restore", "--clean", "--if-exists", "--no-owner", f"--file={script}", str(backup))
        with script.open("a", encoding="utf-8") as file:
            file.write(f"\n{SET_QUARANTINE.replace('INTO meta', 'INTO public.meta')};\n")
        await _run(
            url, "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--file={script}"
        )
    finally:
        script.unlink()
    return manifest


async def is_empty(url: URL) -> bool:
    """Whether the database holds no table yet."""
    engine = engine_for(url, poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            return not await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    finally:
        await engine.dispose()


def _describe(connection: Connection) -> tuple[str | None, dict[str, int], str]:
    snapshot: str = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
    rows = {
        name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()  # noqa: S608 (our own tables)
        for name in sorted(inspect(connection).get_table_names())
    }
    return stored_revision(connection), rows, snapshot


async def _run(url: URL | None, program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise BackupError(f"{program} is not installed here. It comes with PostgreSQL’s client programs.")
    environment = dict(os.environ)
    connect_to = []
    if url is not None:
        # A password on the command line could be read by everybody on the machine.
        environment["PGPASSWORD"] = url.password or ""
        connect_to = [f"--dbname={libpq_url(url.set(password=None))}"]
    process = await asyncio.create_subprocess_exec(
        found,
        *connect_to,
        *arguments,
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    if process.returncode != 0:
        raise BackupError(f"{program} failed: {said.decode(errors='replace').strip()}")
