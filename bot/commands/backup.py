"""`flagclient backup` and `flagclient restore`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.console import Exit, explained, fail, load_settings, say
from bot.commands.erased_words import UNFINISHED, name_erased
from bot.usecases.ports import UnitOfWork
from bot.usecases.privacy.replaying import Replayed, replay_erasures
from storage.backup.backup import backup, restore
from storage.backup.manifest import manifest_path
from storage.backup.quarantine import release_quarantine
from storage.engines.database import open_database
from storage.engines.schema import migrate
from storage.privacy.earlier_erasures import erasures_at
from storage.privacy.shredding import shred


def back_up(target: Annotated[Path, typer.Argument(help="The file to write; it must not exist yet.")]) -> None:
    """Write a consistent copy of the database, also while the bot runs, with a manifest beside it."""
    settings = load_settings()
    with explained():
        manifest = asyncio.run(backup(settings.database_url, target))
    rows = sum(manifest.rows.values())
    say(f"Written: {target}, with {rows} rows at revision {manifest.schema_revision}.")


def restore_backup(
    source: Annotated[Path | None, typer.Argument(help="The backup to restore.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace what is at DATABASE_URL.")] = False,
    resume_sending: Annotated[
        bool, typer.Option("--resume-sending", help="Let a restored copy send again. Do this once you are sure.")
    ] = False,
) -> None:
    """Restore a backup to DATABASE_URL. The copy sends nothing until you say so with --resume-sending.

    A backup holds messages that were waiting at its time; most of them have been sent since.
    """
    settings = load_settings()
    if source is None and not resume_sending:
        raise fail("Name the backup to restore, or give --resume-sending.", Exit.USAGE)
    with explained():
        if source is not None:
            replayed = asyncio.run(_restore(source, settings.database_url, force=force))
            say("Restored. Nothing is sent from this copy until you run: flagclient restore --resume-sending")
            _tell(replayed)
        if resume_sending:
            asyncio.run(_release(settings.database_url))
            say("This copy sends again.")


async def _restore(source: Path, url: str, *, force: bool) -> Replayed | None:
    """Restore a backup and do again what was erased since; `None` where nobody can tell what that was."""
    records = await erasures_at(url)
    await restore(source, url, force=force)
    if not records:
        return Replayed() if records is not None else None
    migrated = await migrate(url)
    if migrated.backup is not None:
        # The copy that an update leaves is the backup once more.
        manifest_path(migrated.backup).unlink()
        migrated.backup.unlink()
    now = datetime.now(UTC)
    replayed = await _written(url, lambda uow: replay_erasures(uow, records, name_erased, now))
    if replayed.done and not await shred(url):
        say(UNFINISHED)
    return replayed


def _tell(replayed: Replayed | None) -> None:
    if replayed is None:
        say("The database that was there before could not be read, so I can’t tell what was erased since that backup.")
        return
    if replayed.done:
        erasures = "erasure since that backup was" if replayed.done == 1 else "erasures since that backup were"
        say(f"{replayed.done} {erasures} done again.")
    if replayed.left:
        say("Look at these clients: something that was erased since may be there again: " + ", ".join(replayed.left))


async def _written(url: str, work: Callable[[UnitOfWork], Replayed]) -> Replayed:
    database = open_database(url)
    try:
        return await database.write(work)
    finally:
        await database.close()


async def _release(url: str) -> None:
    database = open_database(url)
    try:
        await release_quarantine(database)
    finally:
        await database.close()
