"""Processes of our own: started, asked how much they used, and stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
STOP_SECONDS = 30.0
LISTENING_SECONDS = 60.0
LOOK_AGAIN_SECONDS = 0.002
MAX_REST_SECONDS = 60.0
REST_SECONDS = 0.1
REST_CPU_SECONDS = 0.02
"""A process is at rest that used no more than this in that while: two ticks by which processor time is counted."""


class ProcessEndedError(Exception):
    """A process ended, or did not begin to listen; the message holds what it said."""


@dataclass(frozen=True, slots=True)
class Server:
    """A process that listens on `port` of this machine; what it says goes to the file `said`."""

    process: asyncio.subprocess.Process
    port: int
    said: Path

    def check_alive(self) -> None:
        """Raise `ProcessEndedError` with its last words when the process has ended."""
        if self.process.returncode is not None or not Path(f"/proc/{self.process.pid}").exists():
            raise ProcessEndedError(f"ended with {self.process.returncode}:\n{self.said.read_text()[-2000:]}")

    def cpu_seconds(self) -> float:
        """Processor time of the process so far, all threads and the system's part included."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident_mb(self) -> float:
        """Memory that the process holds, in MB."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def free_port() -> int:
    """A port on which nothing listens at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@asynccontextmanager
async def serving(
    module: str, *arguments: str, port: int | None = None, environment: Mapping[str, str] | None = None
) -> AsyncIterator[Server]:
    """`python -m module arguments` in an empty folder, with its port in PORT; stopped at the end.

    It need not listen yet: see `listening`.
    """
    chosen = free_port() if port is None else port
    with tempfile.TemporaryDirectory(prefix="flagclient-bench-") as folder:
        server = await _started(Path(folder), [module, *arguments], chosen, environment or {})
        try:
            yield server
        finally:
            await _stop(server.process)


async def _started(folder: Path, command: Sequence[str], port: int, environment: Mapping[str, str]) -> Server:
    said = folder / "said.log"
    # Only what is given counts: no tokens and no settings of whoever runs this.
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    with said.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            *command,
            cwd=folder,
            env={**inherited, "PYTHONPATH": str(ROOT), "PORT": str(port), **environment},
            stdout=output,
            stderr=output,
        )
    return Server(process, port, said)


async def _stop(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.send_signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


async def at_rest(servers: Iterable[Server]) -> None:
    """Wait until what came of earlier interactions is done everywhere, which would be counted against the next one.

    Raises `TimeoutError` when there is no end to it.
    """
    watched = list(servers)
    async with asyncio.timeout(MAX_REST_SECONDS):
        while True:
            before = [server.cpu_seconds() for server in watched]
            await asyncio.sleep(REST_SECONDS)
            used = [server.cpu_seconds() - was for server, was in zip(watched, before, strict=True)]
            if max(used) <= REST_CPU_SECONDS:
                return


async def listening(server: Server) -> None:
    """Wait until the process accepts connections; raises `ProcessEndedError` when it ends instead."""
    try:
        async with asyncio.timeout(LISTENING_SECONDS):
            while True:
                server.check_alive()
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", server.port)
                except ConnectionError:
                    await asyncio.sleep(LOOK_AGAIN_SECONDS)
                else:
                    writer.close()
                    return
    except TimeoutError:
        raise ProcessEndedError(f"does not listen:\n{server.said.read_text()[-2000:]}") from None
