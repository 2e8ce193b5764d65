"""Setups that several tests share: played once through the front door, recorded, and restored for each."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol

from tests.harness import Harness, running_harness

P = ParamSpec("P")

DATABASE = "flagclient.db"
WORKSPACE = "workspace.json"
MOMENT = "moment.txt"


class SetUp(Protocol):
    """Runs the bot as a setup function, played with these arguments, leaves it.

    Arguments are plain values. It may have been recorded long before and by another worker: it is asked for
    before a test changes anything around it, and gives what it stores names of its own. What was sent in it is not in
    the inspector, and the bot has been started since.
    """

    async def __call__(
        self, beginning: Callable[Concatenate[Harness, P], Awaitable[object]], *args: P.args, **kwargs: P.kwargs
    ) -> Harness: ...


class RecordedSetups:
    """The setups that were recorded so far, in a `folder` that all workers of a run share.

    `template` is a database with nothing in it.
    """

    def __init__(self, folder: Path, template: Path) -> None:
        self._folder = folder
        self._template = template

    @asynccontextmanager
    async def set_up(
        self,
        transport: str,
        database: Path,
        beginning: Callable[Concatenate[Harness, P], Awaitable[object]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> AsyncIterator[Harness]:
        """The bot on a new `database`, as a setup function leaves it."""
        said = (beginning.__module__, beginning.__qualname__, args, sorted(kwargs.items()))
        left = self._folder / sha256(repr(said).encode()).hexdigest()[:32]
        if not left.exists():
            played = Path(tempfile.mkdtemp(dir=self._folder))
            await self._play(played, beginning, *args, **kwargs)
            _share(played, left)
        shutil.copyfile(left / DATABASE, database)
        now = datetime.fromisoformat((left / MOMENT).read_text(encoding="utf-8"))
        workspace = (left / WORKSPACE).read_bytes()
        async with running_harness(f"sqlite:///{database}", transport, now, workspace=workspace) as harness:
            yield harness

    async def _play(
        self,
        folder: Path,
        beginning: Callable[Concatenate[Harness, P], Awaitable[object]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        shutil.copyfile(self._template, folder / DATABASE)
        async with running_harness(f"sqlite:///{folder / DATABASE}", "http") as harness:
            await beginning(harness, *args, **kwargs)
            await harness.world.settled()
        # Only now is everything in the database's file.
        (folder / WORKSPACE).write_bytes(harness.world.dump())
        (folder / MOMENT).write_text(harness.clock.now().isoformat(), encoding="utf-8")


def _share(played: Path, left: Path) -> None:
    # Where another worker was as quick, its own stays: one is as good as the other.
    with suppress(OSError):
        played.rename(left)
