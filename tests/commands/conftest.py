"""A command line to call, in a folder and with an environment of its own."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner

from bot.commands.command_line import app
from tests.commands.bot_process import OURS


@dataclass(frozen=True)
class Ended:
    """How a command ended, and all that it said."""

    code: int
    said: str


Call = Callable[..., Awaitable[Ended]]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """`await call("settings", "show", PORT="1")` runs a command in a thread, so that what it talks to goes on."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(OURS)]:
        monkeypatch.delenv(name)

    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level

    async def run(*arguments: str, **variables: str) -> Ended:
        env = {"TERM": "dumb", "COLUMNS": "120", **variables}
        result = await asyncio.to_thread(CliRunner().invoke, app, list(arguments), env=env)
        # What a command logs to is closed by now.
        structlog.reset_defaults()
        logging.captureWarnings(False)
        root.handlers[:] = handlers
        root.setLevel(level)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ended(result.exit_code, result.output)

    return run
