"""What is left when the process is killed while it writes."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from storage.engines.locations import parse_url

WRITE_UNTIL_KILLED = """
import asyncio, os, sys
from functools import partial
from storage.engines.database import open_database
from tests.factories import make_workspace

async def write(database, numbers):
    for number in numbers:
        await database.write(partial(make_workspace, external_id=f"T{number}"))
        # One system call, so that a line is there in whole or not at all.
        os.write(1, f"T{number}\\n".encode())

async def main():
    database = open_database(sys.argv[1])
    await asyncio.gather(*(write(database, range(start, 10**9, 8)) for start in range(8)))

asyncio.run(main())
"""


@pytest.mark.parametrize("acknowledged_before", [1, 200])
def test_everything_acknowledged_is_stored_after_a_kill(sqlite_url: str, acknowledged_before: int) -> None:
    path = parse_url(sqlite_url)
    assert isinstance(path, Path)
    with subprocess.Popen(  # noqa: S603 (our own interpreter)
        [sys.executable, "-c", WRITE_UNTIL_KILLED, sqlite_url], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        acknowledged = [writer.stdout.readline() for _ in range(acknowledged_before)]
        os.kill(writer.pid, signal.SIGKILL)
        acknowledged += writer.stdout.readlines()

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        stored = {row[0] for row in connection.execute("SELECT external_id FROM workspace")}
    assert {line.strip() for line in acknowledged} <= stored
    # At most what was in the hands of the eight writers was stored without an answer.
    assert len(stored) - len(acknowledged) <= 8
