"""What people type, names and tokens never reach a log or a figure, at any level."""

from __future__ import annotations

import signal
from pathlib import Path

import aiohttp
import pytest

from bot.playground import Playground
from bot.playground.people import Person
from tests.processes import started, workspace

CANARY = "xylofoonkraai"


async def said_everywhere(world: Playground, anna: Person) -> None:
    """The main loop and some failures, with the canary in every free text."""
    guest = world.add_user("guest", real_name=CANARY, is_restricted=True)
    await anna.command("/flagclient", f"{CANARY}-client late 3 {CANARY} has not paid")
    await anna.command("/flagclient", f"{CANARY}-client disrespect (4) {CANARY} shouted")
    await anna.command("/flagclient", f"{CANARY}")
    await anna.submit(values={"flags.what_happened": CANARY * 10})
    await anna.command("/dossier", f"{CANARY}-client")
    await anna.command("/dossier", f"{CANARY} unknown")
    await anna.command("/debrief", f"{CANARY}-client {CANARY} 99:99")
    await guest.command("/flagclient", f"{CANARY} late 3 {CANARY}")
    world.faults.add("chat.postMessage", error="fatal_error", times=2)
    world.faults.add("conversations.create", status=500, body=CANARY, times=1)
    await anna.command("/flagclient", f"left {CANARY}-client")
    await world.dispatcher.redeliver()


@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_nothing_typed_is_logged(transport: str, tmp_path: Path) -> None:
    async with workspace() as (world, anna):
        bot = await started(world, tmp_path / "flagclient.db", transport, FLAGCLIENT_LOG_LEVEL="DEBUG")
        await said_everywhere(world, anna)
        address = bot.said.split()[-1].rsplit("/", 1)[0].removesuffix("/slack")
        async with aiohttp.ClientSession() as session, session.get(f"{address}/metrics") as answer:
            figures = await answer.text()
        bot.process.send_signal(signal.SIGTERM)
        written = b"".join(await bot.process.communicate()).decode()
        assert bot.process.returncode == 0
        assert "access_denied" in written
        assert "flagclient_access_denied_total" in figures
        private = [CANARY, world.bot_token, world.app_token, world.signing_secret, anna.id, world.team_id]
        assert [text for text in private if text in written or text in figures] == []
