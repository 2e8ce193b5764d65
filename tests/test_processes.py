"""The bot as a process of its own: stopped, killed, started twice; what it confirmed is there, once."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import sys
from asyncio.subprocess import DEVNULL
from pathlib import Path

import pytest

from bot.playground.outcome import Outcome
from bot.playground.people import Person
from tests.processes import STARTING, begun, environment, started, workspace

# What is tested here is not how a schema comes about.
pytestmark = pytest.mark.usefixtures("sqlite_url")


async def flag(anna: Person, number: int) -> Outcome:
    """Flag in one line; the number tells one flag from another."""
    return await anna.command("/flagclient", f"Acme late 2 N{number:03d} was paid after a reminder")


def is_confirmed(outcome: Outcome) -> bool:
    """Whether the person was told that their flag is recorded."""
    return outcome.ok and outcome.message is not None and outcome.message.text.startswith("Recorded")


def recorded(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT what_happened FROM flag ORDER BY id").fetchall()
    connection.close()
    return [row[0] for row in rows]


@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_a_clean_stop_loses_nothing_that_was_confirmed(transport: str, tmp_path: Path) -> None:
    path = tmp_path / "flagclient.db"
    async with workspace() as (world, anna):
        first = await started(world, path, transport)
        assert is_confirmed(await flag(anna, 0))
        under_way = [asyncio.create_task(flag(anna, number)) for number in range(1, 21)]
        await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
        first.process.send_signal(signal.SIGTERM)
        outcomes = await asyncio.gather(*under_way)
        assert await first.ended() == 0
        confirmed = {number for number, outcome in enumerate(outcomes, start=1) if is_confirmed(outcome)}
        texts = recorded(path)
        assert len(texts) == len(set(texts))
        assert {f"N{number:03d}" for number in confirmed} <= {word for text in texts for word in text.split()}

        second = await started(world, path, transport)
        assert is_confirmed(await flag(anna, 99))
        second.process.send_signal(signal.SIGTERM)
        assert await second.ended() == 0
        assert len(recorded(path)) == len(texts) + 1


async def test_what_was_confirmed_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "flagclient.db"
    async with workspace() as (world, anna):
        first = await started(world, path, "http")
        for number in range(5):
            assert is_confirmed(await flag(anna, number))
        first.process.kill()
        assert await first.ended() == -signal.SIGKILL
        second = await started(world, path, "http")
        assert len(recorded(path)) == 5
        second.process.send_signal(signal.SIGTERM)
        assert await second.ended() == 0
        with sqlite3.connect(path) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()


async def test_a_command_beside_a_running_bot_takes_nothing_from_it(tmp_path: Path) -> None:
    """Closing a file that another process writes to must leave its log alone, and so must our own opening of it."""
    path = tmp_path / "flagclient.db"
    async with workspace() as (world, anna):
        bot = await started(world, path, "http")
        assert is_confirmed(await flag(anna, 0))
        arguments = ("-m", "bot", "settings", "set", "country", "BE")
        variables = environment(world, path, "http")
        command = await asyncio.create_subprocess_exec(sys.executable, *arguments, env=variables, stdout=DEVNULL)
        assert await command.wait() == 0
        assert is_confirmed(await flag(anna, 1))
        assert len(recorded(path)) == 2
        bot.process.kill()
        await bot.ended()
        assert len(recorded(path)) == 2


async def test_a_second_process_on_the_same_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "flagclient.db"
    async with workspace() as (world, _):
        first = await started(world, path, "http")
        second = await begun(world, path, "http")
        _, complaint = await asyncio.wait_for(second.communicate(), STARTING)
        assert second.returncode == 2
        assert str(path) in complaint.decode()
        assert "Traceback" not in complaint.decode()
        first.process.send_signal(signal.SIGTERM)
        assert await first.ended() == 0
