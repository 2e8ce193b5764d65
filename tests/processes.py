"""The bot as a process of its own, in a workspace that a test plays."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.playground import Playground
from bot.playground.people import Person
from tests.harness import MANIFEST, ROOT, UNHURRIED

STARTING = 60.0
STOPPING = 25.0


@dataclass
class Process:
    """A running bot: the process, and the line with which it said where it listens."""

    process: asyncio.subprocess.Process
    said: str

    async def ended(self) -> int:
        """Its exit code, once it has ended by itself."""
        return await asyncio.wait_for(self.process.wait(), STOPPING)


def environment(world: Playground, path: Path, transport: str) -> dict[str, str]:
    """What the process is given: tokens of the workspace, and nothing of this test run's own environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "SLACK_BOT_TOKEN": world.bot_token,
        "SLACK_APP_TOKEN": world.app_token if transport == "socket" else "",
        "SLACK_SIGNING_SECRET": world.signing_secret,
        "SLACK_API_URL": world.api_url,
        "DATABASE_URL": f"sqlite:///{path}",
        "PORT": "0",
        "PYTHONPATH": str(ROOT),
    }


async def begun(world: Playground, path: Path, transport: str, **more: str) -> asyncio.subprocess.Process:
    """A process that has been started, and may still refuse to run."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        env={**environment(world, path, transport), **more},
        cwd=path.parent,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def started(world: Playground, path: Path, transport: str, **more: str) -> Process:
    """A bot that listens, with the workspace pointed at it."""
    process = await begun(world, path, transport, **more)
    assert process.stdout is not None
    async with asyncio.timeout(STARTING):
        while not (line := (await process.stdout.readline()).decode()).startswith("Listening"):
            assert line, (await process.communicate())[1].decode()
        if transport == "socket":
            await world.wait_for_socket()
        else:
            world.connect_http(line.split()[-1])
    return Process(process, line)


@asynccontextmanager
async def workspace() -> AsyncIterator[tuple[Playground, Person]]:
    """A workspace with its owner, in real time."""
    world = Playground(MANIFEST, ack_timeout=UNHURRIED)
    await world.start()
    anna = world.add_user("anna", is_owner=True, is_primary_owner=True)
    try:
        yield world, anna
    finally:
        await world.stop()
