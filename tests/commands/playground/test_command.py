"""`flagclient playground` as a process: it says where to look, and is there again at the next start."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import socket
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.commands.console import Exit
from bot.commands.playground import world
from bot.commands.playground.world import FOLDER
from tests.commands.bot_process import Serving, serving
from tests.commands.conftest import Call


async def address(playground: Serving) -> str:
    """Where the playground says that it is to be seen."""
    found = re.search(r"http://\S+", await playground.line_with("Open http://"))
    assert found is not None
    return found.group()


async def control(url: str, action: str, **arguments: Any) -> Any:
    """What the control interface answers."""
    async with aiohttp.ClientSession() as session, session.post(f"{url}/control/{action}", json=arguments) as answer:
        return await answer.json()


async def page(url: str) -> str:
    """The page itself."""
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        assert answer.status == 200
        return await answer.text()


async def cast(url: str) -> str:
    """Who can be played."""
    async with aiohttp.ClientSession() as session, session.get(f"{url}/page/cast") as answer:
        return await answer.text()


@pytest.mark.parametrize("arguments", [("run",), ("playground", "--story", "empty")], ids=["run", "playground"])
async def test_without_tokens_a_workspace_opens_and_stays(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with serving(*arguments, folder=tmp_path, PORT=str(port), LC_ALL="C") as playground:
        url = await address(playground)
        assert url == f"http://127.0.0.1:{port}"
        assert "<html" in await page(url)
        assert "Sarah" in await cast(url)
        await control(url, "users/add", name="newcomer")
        await control(url, "clock/advance", seconds=86_400)
        assert await playground.stop(signal.SIGINT) == Exit.OK
    files = [path for path in (tmp_path / FOLDER).iterdir() if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}, "what is said there is for nobody else"
    kept = json.loads((tmp_path / FOLDER / "workspace.json").read_text(encoding="utf-8"))
    assert kept["ahead_seconds"] >= 86_400
    async with serving(arguments[0], folder=tmp_path, PORT="0") as playground:
        assert "newcomer" in await cast(await address(playground))
        assert await playground.stop() == Exit.OK


async def test_fresh_starts_over_but_not_under_a_running_one(tmp_path: Path, call: Call) -> None:
    async with serving("playground", "--story", "empty", folder=tmp_path, PORT="0") as playground:
        url = await address(playground)
        await control(url, "users/add", name="newcomer")
        refused = await call("playground", "--fresh", PORT="0")
        assert refused.code == Exit.USAGE
        assert "Another Flagclient is running" in refused.said
        assert await playground.stop() == Exit.OK
    async with serving("playground", "--story", "empty", "--fresh", folder=tmp_path, PORT="0") as playground:
        assert "newcomer" not in await cast(await address(playground))
        assert await playground.stop() == Exit.OK


async def test_a_port_that_is_taken_is_said_in_a_sentence(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    # Signals belong to the main thread, and the command runs in another here.
    monkeypatch.setattr(world, "stop_signals", asyncio.Event)
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ended = await call("playground", PORT=str(taken.getsockname()[1]))
    assert ended.code == Exit.USAGE
    assert "something else listens there" in ended.said


async def test_a_file_that_cannot_be_read_is_said_in_a_sentence(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir(parents=True)
    (folder / "workspace.json").write_text("{}", encoding="utf-8")
    (folder / "flagclient.db").write_bytes(b"")
    ended = await call("playground", PORT="0")
    assert ended.code == Exit.USAGE
    assert "playground --fresh" in ended.said
