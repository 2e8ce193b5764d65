"""Backing up and restoring the database that a URL names."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

from storage.backup.backup_postgres import backup_server, is_empty, restore_server
from storage.backup.backup_sqlite import backup_file, restore_file, verify_file
from storage.backup.manifest import BackupError, Manifest, read_manifest
from storage.backup.quarantine import is_quarantined, release_quarantine
from storage.engines.locations import parse_url
from storage.engines.process_lock import acquire
from storage.engines.revision import HEAD

__all__ = ["BackupError", "Manifest", "backup", "is_quarantined", "release_quarantine", "restore", "verify"]


async def backup(url: str, target: Path, *, force: bool = False) -> Manifest:
    """Copy the database at `url` to `target`, with its manifest beside it, while the bot goes on.

    Raises `BackupError`, also when there is a `target` already and `force` is not given.
    """
    _make_room(target, force=force)
    location = parse_url(url)
    if not isinstance(location, Path):
        return await backup_server(location, target)
    try:
        return await asyncio.to_thread(backup_file, location, target)
    except (sqlite3.Error, OSError) as error:
        raise BackupError(f"{location} cannot be copied: {error}.") from error


async def restore(source: Path, url: str, *, force: bool = False) -> Manifest:
    """Put the backup `source` in place of the database at `url`. It sends nothing until its quarantine is released.

    Stop the bot first. Raises `BackupError` for a backup that is damaged, or of another kind of database, or newer
    than this code, and when there is something at `url` already and `force` is not given; on SQLite also
    `DatabaseInUseError` while a bot runs on the file.
    """
    manifest = read_manifest(source)
    location = parse_url(url)
    kind = "sqlite" if isinstance(location, Path) else "postgresql"
    if manifest.database != kind:
        raise BackupError(f"{source} is a backup of {manifest.database}, and the database is {kind}.")
    if manifest.schema_revision is None or manifest.schema_revision > HEAD:
        raise BackupError(f"{source} has schema {manifest.schema_revision}, and this Flagclient knows up to {HEAD}.")
    there_already = BackupError("There is a database in that place already. Back it up, or force it.")
    if not isinstance(location, Path):
        if not force and not await is_empty(location):
            raise there_already
        return await restore_server(source, location)
    with acquire(url):
        if location.exists() and not force:
            raise there_already
        return await asyncio.to_thread(restore_file, source, location)


def _make_room(target: Path, *, force: bool) -> None:
    if target.exists() and not force:
        raise BackupError(f"There is a {target} already. Choose another name, or force it.")
    target.parent.mkdir(parents=True, exist_ok=True)


async def verify(source: Path) -> Manifest:
    """The manifest of a backup that is what it says; raises `BackupError` otherwise."""
    manifest = read_manifest(source)
    return await asyncio.to_thread(verify_file, source) if manifest.database == "sqlite" else manifest
