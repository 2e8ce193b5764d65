"""How `flagclient run` ends; what it does as a process stands in `tests/test_processes.py`."""

from __future__ import annotations

import pytest

from bot.app import Flagclient, Running
from bot.commands import run
from bot.commands.console import Exit
from bot.platforms import configured
from tests.harness import slack_of
from tests.test_app import settings_for, workspace


async def test_losing_slack_for_good_has_an_exit_code_of_its_own(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    start = Flagclient.start

    async def start_and_lose(bot: Flagclient) -> Running:
        started = await start(bot)
        assert slack_of(bot).socket is not None
        slack_of(bot).socket.gave_up.set()
        return started

    monkeypatch.setattr(Flagclient, "start", start_and_lose)
    async with workspace() as world:
        settings = settings_for(world, sqlite_url, "socket")
        with pytest.raises(SystemExit) as ended:
            await run._serve(settings, configured(settings))
    assert ended.value.code == Exit.LOST_PLATFORM
    assert "chat platform cannot be reached" in capsys.readouterr().err
