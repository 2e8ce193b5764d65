"""`flagclient backup` and `restore`: while the bot runs, and nothing is sent from a copy before a person says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands.console import Exit
from bot.playground.people import Person
from handlers.slack.words import COMMAND_FLAG
from tests.commands.conftest import Call
from tests.handlers.slack.flags.setup import recorded
from tests.harness import Harness, running_harness


async def flag(person: Person, number: int) -> None:
    """Record one flag."""
    outcome = await person.command(COMMAND_FLAG, f"Acme late 3 invoice {number} is open")
    assert outcome.ok


async def test_a_backup_while_the_bot_runs_comes_back_whole_and_quiet(
    call: Call, sqlite_url: str, tmp_path: Path
) -> None:
    copy, restored = tmp_path / "copy.db", f"sqlite:///{tmp_path / 'restored.db'}"
    async with running_harness(sqlite_url, "http") as harness:
        for number in range(3):
            await flag((harness.ben, harness.carla, harness.dirk)[number], number)
        ended = await call("backup", str(copy), DATABASE_URL=sqlite_url)
        assert ended.code == Exit.OK
        assert str(copy) in ended.said
        await flag(harness.ben, 9)
    ended = await call("restore", str(copy), DATABASE_URL=restored)
    assert ended.code == Exit.OK
    assert "Nothing is sent" in ended.said
    assert "restore --resume-sending" in (await call("doctor", DATABASE_URL=restored)).said
    async with running_harness(restored, "http") as harness:
        await harness.settle()
        assert harness.anna.read(harness.alerts) == []
        ended = await call("restore", "--resume-sending", DATABASE_URL=restored)
        assert ended.code == Exit.OK
        assert "restore --resume-sending" not in (await call("doctor", DATABASE_URL=restored)).said
        flags = await recorded(harness)
        assert len(flags) <= 3


@pytest.mark.parametrize("arguments", [(), ("missing.db",)])
async def test_restoring_nothing_is_refused(call: Call, arguments: tuple[str, ...]) -> None:
    ended = await call("restore", *arguments, DATABASE_URL="sqlite:///new.db")
    assert ended.code == Exit.USAGE
    assert ended.said


async def test_nothing_is_overwritten_unasked(
    call: Call, http_harness: Harness, sqlite_url: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    assert (await call("backup", str(copy), DATABASE_URL=sqlite_url)).code == Exit.OK
    again = await call("backup", str(copy), DATABASE_URL=sqlite_url)
    assert again.code == Exit.USAGE
    assert "already" in again.said
    while_running = await call("restore", str(copy), "--force", DATABASE_URL=sqlite_url)
    assert while_running.code == Exit.USAGE
    assert "Another Flagclient is running" in while_running.said
