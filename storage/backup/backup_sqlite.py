"""Copies of an SQLite file that can be taken while the bot runs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

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
from storage.engines.sqlite_connection import connect


def backup_file(path: Path, target: Path) -> Manifest:
    """Copy the database at `path` to `target` as it is at one moment, and write the manifest.

    What was deleted is not in the copy. Raises `BackupError` when the copy is not sound.
    """
    if not path.exists():
        raise BackupError(f"There is no {path}.")
    unfinished = new_private_file(target.with_name(f"{target.name}.unfinished"))
    with closing(connect(path)) as connection:
        connection.execute("VACUUM INTO ?", (str(unfinished),))
    manifest = _inspect(unfinished)
    put_in_place(unfinished, target)
    write_manifest(target, manifest)
    return manifest


def verify_file(backup: Path) -> Manifest:
    """The manifest of a copy that holds what it says; raises `BackupError` for any other."""
    manifest = read_manifest(backup)
    if _inspect(backup) != manifest:
        raise BackupError(f"{backup} does not hold the rows that its manifest says.")
    return manifest


def restore_file(backup: Path, path: Path) -> Manifest:
    """Put a copy of `backup` in place of the database at `path`, in quarantine. Nothing may have it open."""
    manifest = verify_file(backup)
    unfinished = new_private_file(path.with_name(f"{path.name}.unfinished"))
    unfinished.write_bytes(backup.read_bytes())
    with closing(sqlite3.connect(unfinished, isolation_level=None)) as connection:
        connection.execute(SET_QUARANTINE)
    for rest in ("-wal", "-shm"):
        path.with_name(f"{path.name}{rest}").unlink(missing_ok=True)
    put_in_place(unfinished, path)
    return manifest


def _inspect(path: Path) -> Manifest:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
            if verdict != "ok":
                raise BackupError(f"{path} is damaged: {verdict}.")
            tables = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            ).fetchall()
            rows = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables}  # noqa: S608 (names of our own tables)
            revision = None
            if "alembic_version" in rows:
                revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{path} cannot be read as a database: {error}.") from error
    return Manifest("sqlite", revision, rows, digest(path))
