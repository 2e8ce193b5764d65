"""A playground with the bot at work in it, in this process and in a folder of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.commands.playground.files import PlaygroundFiles
from bot.commands.playground.world import LivingWorkspace, opened
from bot.settings import Settings


@asynccontextmanager
async def playing(folder: Path, story: str, *, goes_on: bool = False) -> AsyncIterator[LivingWorkspace]:
    """A playground in `folder` with a story, or as it was left there."""
    files = PlaygroundFiles(folder)
    saved = files.open(fresh=not goes_on)
    assert (saved is not None) == goes_on
    async with opened(Settings(_env_file=None, port=0), files, saved, story) as living:
        yield living
