"""Beginnings that several tests share: each is played once through the front door, and set up anew for every test."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol

from tests.stage import Stage, staged

P = ParamSpec("P")


class Begun(Protocol):
    """Puts the bot on stage as a beginning, played with these arguments, leaves it.

    The beginning may have been played long before, so it is asked for before a test changes anything around it.
    What it sent is not in the inspector, and the bot has been started since.
    """

    async def __call__(
        self, beginning: Callable[Concatenate[Stage, P], Awaitable[object]], *args: P.args, **kwargs: P.kwargs
    ) -> Stage: ...


@dataclass(frozen=True)
class _Left:
    """What a beginning left behind: a database, the workspace, and the moment."""

    database: Path
    workspace: bytes
    now: datetime


class Beginnings:
    """The beginnings that were played so far, in a folder of their own; `template` is a database with nothing in it."""

    def __init__(self, folder: Path, template: Path) -> None:
        self._folder = folder
        self._template = template
        self._left: dict[object, _Left] = {}

    @asynccontextmanager
    async def begun(
        self,
        database: Path,
        beginning: Callable[Concatenate[Stage, P], Awaitable[object]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> AsyncIterator[Stage]:
        """The bot over HTTP on a new `database`, as a beginning leaves it."""
        key = (beginning, args, tuple(sorted(kwargs.items())))
        if key not in self._left:
            self._left[key] = await self._play(beginning, *args, **kwargs)
        left = self._left[key]
        shutil.copyfile(left.database, database)
        async with staged(f"sqlite:///{database}", "http", left.now, workspace=left.workspace) as stage:
            yield stage

    async def _play(
        self, beginning: Callable[Concatenate[Stage, P], Awaitable[object]], *args: P.args, **kwargs: P.kwargs
    ) -> _Left:
        path = self._folder / f"{len(self._left)}.db"
        shutil.copyfile(self._template, path)
        async with staged(f"sqlite:///{path}", "http") as stage:
            await beginning(stage, *args, **kwargs)
            await stage.world.settled()
        # Only now is everything in the file.
        return _Left(path, stage.world.dump(), stage.clock.now())
