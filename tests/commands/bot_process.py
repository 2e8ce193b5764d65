"""A command that serves, as a user runs it: in a process, a folder and an environment of its own."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.harness import ROOT

OURS = ("SLACK_", "FLAGCLIENT_", "DATABASE_URL", "PORT")


def environment(**variables: str) -> dict[str, str]:
    """The environment of this process, without anything that configures a bot, and with `variables`."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**inherited, "PYTHONPATH": str(ROOT), **variables}


class Serving:
    """A command that goes on until it is told to stop."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.told: list[str] = []

    async def line_with(self, sign: str) -> str:
        """The next line on standard output that has `sign` in it."""
        assert self._process.stdout is not None
        async with asyncio.timeout(60):
            while line := (await self._process.stdout.readline()).decode():
                self.told.append(line)
                if sign in line:
                    return line
        raise AssertionError(f"it ended without saying {sign!r}: {self.told}")

    async def port(self) -> int:
        """The port that a serving bot says it listens on."""
        found = re.search(r"http://[\d.]+:(\d+)", await self.line_with("http://"))
        assert found is not None
        return int(found.group(1))

    async def stop(self, how: int = signal.SIGTERM) -> int:
        """Send a signal, and return the exit code once the process has ended."""
        if self._process.returncode is None:
            self._process.send_signal(how)
        assert self._process.stdout is not None
        rest = await self._process.stdout.read()
        self.told.append(rest.decode())
        return await self._process.wait()


@asynccontextmanager
async def serving(*arguments: str, folder: Path, **variables: str) -> AsyncIterator[Serving]:
    """A command that is running; killed at the end where it still is."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        cwd=folder,
        env=environment(**variables),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    running = Serving(process)
    try:
        yield running
    finally:
        await running.stop(signal.SIGKILL)
