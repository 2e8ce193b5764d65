"""The command line as an administrator uses it: sentences, exit codes, and what a running bot makes of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from click.testing import Result
from typer.testing import CliRunner

from bot.__main__ import app
from bot.playground import Playground
from tests.stage import Stage, staged

COMMANDS = ("run", "playground", "migrate", "doctor", "backup", "restore", "settings")
NO_TOKENS = {"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": ""}


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    """`run` sets logging up for its process, which here is the tests' own."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def invoke(*arguments: str, **environment: str) -> Result:
    """Run a command to its end; a traceback fails the test."""
    result = CliRunner().invoke(app, list(arguments), env={**NO_TOKENS, **environment})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


async def beside(path: Path, *arguments: str, world: Playground | None = None) -> Result:
    """Run a command while a bot runs, on the database at `path`."""
    tokens = {
        "SLACK_BOT_TOKEN": world.bot_token if world else "",
        "SLACK_SIGNING_SECRET": world.signing_secret if world else "",
        "SLACK_API_URL": world.api_url if world else "http://127.0.0.1:9/",
    }
    return await asyncio.to_thread(invoke, *arguments, DATABASE_URL=f"sqlite:///{path}", **tokens)


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_every_command_explains_itself(name: str) -> None:
    result = invoke(*([name] if name else []), "--help")
    assert result.exit_code == 0
    assert "Usage" in result.output


@pytest.mark.parametrize(
    ("arguments", "environment", "code", "named"),
    [
        (["run"], {"PORT": "many"}, 2, "PORT"),
        (["run"], {"FLAGCLIENT_LOG_LEVEL": "LOUD"}, 2, "LOG_LEVEL"),
        (["migrate"], {"DATABASE_URL": "mysql://localhost/flagclient"}, 2, "mysql"),
        (["run"], {"SLACK_BOT_TOKEN": "xoxb-1"}, 2, "SLACK_SIGNING_SECRET"),
        (["migrate"], {"DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none"}, 3, "DATABASE_URL"),
        (["restore"], {}, 2, "--resume-sending"),
        (["no-such-command"], {}, 2, "no-such-command"),
    ],
)
def test_what_is_wrong_is_named(arguments: list[str], environment: dict[str, str], code: int, named: str) -> None:
    result = invoke(*arguments, **environment)
    assert result.exit_code == code
    assert named in result.output


def test_migrating_twice_is_the_same_as_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    assert invoke("migrate", DATABASE_URL=url).exit_code == 0
    assert invoke("migrate", DATABASE_URL=url).exit_code == 0


def test_settings_need_a_workspace_first(sqlite_url: str) -> None:
    result = invoke("settings", "show", DATABASE_URL=sqlite_url)
    assert result.exit_code == 2
    assert "start the bot once" in result.output


async def test_settings_are_taken_over_by_a_running_bot(sqlite_url: str) -> None:
    path = path_of(sqlite_url)
    async with staged(sqlite_url, "http") as stage:
        shown = await beside(path, "settings", "show")
        assert "watch_score" in shown.output
        assert stage.anna.id in shown.output
        unknown = await beside(path, "settings", "set", "colour", "red")
        unfit = await beside(path, "settings", "set", "zone", "Mars/Olympus")
        assert (unknown.exit_code, unfit.exit_code) == (2, 2)
        assert "colour" in unknown.output
        assert (await beside(path, "settings", "set", "watch_score", "2")).exit_code == 0
        assert await stage.bot.slack.members.refresh()
        await stage.ben.command("/flagclient", "Acme late 2 N001 was paid after a reminder", stage.general)
        await stage.settle()
        assert "Keep an eye on Acme" in stage.sees(stage.anna, stage.alerts)


async def test_the_doctor_says_what_is_missing(sqlite_url: str) -> None:
    path = path_of(sqlite_url)
    path.chmod(0o644)
    async with staged(sqlite_url, "http") as stage:
        readable = await beside(path, "doctor", world=stage.world)
        assert readable.exit_code == 1
        assert f"chmod 600 {path}" in readable.output.replace("\n", "")
        path.chmod(0o600)
        well = await beside(path, "doctor", world=stage.world)
        assert well.exit_code == 0, well.output
        stage.world.installation.revoke_scope("pins:write")
        stage.world.conversations.share(stage.alerts, "T0ANOTHER")
        ill = await beside(path, "doctor", world=stage.world)
        assert ill.exit_code == 1
        assert "pins:write" in ill.output
        assert "another organisation" in ill.output
        world = stage.world
        await stage.set("alert_channel", "")
        assert "!!  alert channel" in (await beside(path, "doctor", world=world)).output
    away = await beside(path, "doctor", world=None)
    assert away.exit_code == 1
    assert "SLACK_BOT_TOKEN" in away.output


async def flagged(stage: Stage) -> None:
    await stage.ben.command("/flagclient", "Acme late 3 N001 was never paid", stage.general)


async def test_a_restored_copy_is_silent_until_it_is_released(sqlite_url: str, tmp_path: Path) -> None:
    path, copy, restored = path_of(sqlite_url), tmp_path / "copy.db", tmp_path / "restored.db"
    async with staged(sqlite_url, "http") as stage:
        await flagged(stage)
        assert (await beside(path, "backup", str(copy))).exit_code == 0
        assert (await beside(path, "backup", str(copy))).exit_code == 2
        assert (await beside(restored, "restore", str(copy))).exit_code == 0
        assert "--resume-sending" in (await beside(restored, "doctor", world=stage.world)).output
    async with staged(f"sqlite:///{restored}", "http") as stage:
        await flagged(stage)
        await stage.settle()
        assert "Acme" not in stage.sees(stage.anna, stage.alerts)
    assert (await beside(restored, "restore", "--resume-sending")).exit_code == 0
    async with staged(f"sqlite:///{restored}", "http") as stage:
        assert "ok  sending" in (await beside(restored, "doctor", world=stage.world)).output
