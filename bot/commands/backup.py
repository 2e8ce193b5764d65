"""`flagclient backup` and `flagclient restore`."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.console import Exit, explained, fail, load_settings, say
from storage.backup import backup, restore
from storage.database import open_database
from storage.quarantine import release_quarantine


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
            asyncio.run(restore(source, settings.database_url, force=force))
            say("Restored. Nothing is sent from this copy until you run: flagclient restore --resume-sending")
        if resume_sending:
            asyncio.run(_release(settings.database_url))
            say("This copy sends again.")


async def _release(url: str) -> None:
    database = open_database(url)
    try:
        await release_quarantine(database)
    finally:
        await database.close()
