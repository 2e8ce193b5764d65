"""The clock and the app's own levers over HTTP."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from bot.playground import Clock, Playground
from tests.playground.diary import NOON, Diary


@pytest.fixture
def control(playground: Playground, session: aiohttp.ClientSession) -> Any:
    """Pulls a lever; returns the status and the answer."""

    async def pull(action: str, **arguments: Any) -> tuple[int, Any]:
        async with session.post(f"{playground.base_url}/control/{action}", json=arguments) as response:
            answer = await response.json()
            return response.status, answer.get("result", answer.get("error"))

    return pull


async def reading(playground: Playground, session: aiohttp.ClientSession) -> Any:
    async with session.get(f"{playground.base_url}/control/clock") as response:
        return (await response.json())["result"]


async def test_without_an_app_the_clock_only_jumps(
    playground: Playground, session: aiohttp.ClientSession, control: Any
) -> None:
    status, jump = await control("clock/set", moment=NOON.isoformat())
    assert (status, jump["fired"]) == (200, [])
    assert jump["to"].startswith("2026-03-02T12:00:0")
    assert (await reading(playground, session))["next_due"] is None
    for action, arguments in (
        ("clock/next_due", {}),
        ("clock/next_morning", {}),
        ("clock/to_date", {"date": "2026-12-01"}),
        ("database/pause", {"seconds": 1}),
        ("world/restart", {"story": "nl"}),
    ):
        assert (await control(action, **arguments))[0] == 409, action


async def test_the_apps_levers_over_http(
    playground: Playground, session: aiohttp.ClientSession, control: Any, clock: Clock
) -> None:
    clock.set(NOON)
    diary = Diary(playground, NOON + timedelta(hours=1), NOON + timedelta(hours=2))
    playground.take_levers(diary)
    assert (await reading(playground, session))["next_due"] == "2026-03-02T13:00:00+00:00"
    _, jump = await control("clock/next_due")
    assert jump["to"] == "2026-03-02T13:00:00+00:00"
    assert len(diary.done) == 1
    assert (await control("clock/next_morning"))[1]["to"].startswith("2026-03-03T09:00:00")
    assert len(diary.done) == 2
    assert (await control("clock/to_date", date="2026-03-05"))[1]["to"].startswith("2026-03-05T09:00:00")
    assert (await control("clock/to_date", date="2026-03-01"))[0] == 400
    assert (await control("clock/to_date", date="tomorrow"))[0] == 400
    assert (await control("clock/advance", seconds=-60))[0] == 400
    assert (await control("database/pause", seconds=2))[0] == 200
    assert (await control("database/pause", seconds=86_400))[0] == 400
    assert diary.paused == [2]
    assert (await control("world/restart", story="nl"))[0] == 200
    assert (await control("world/restart", story="fr"))[0] == 400
    assert diary.stories == ["nl"]


async def test_the_jump_tells_what_the_app_did_on_the_way(
    playground: Playground, session: aiohttp.ClientSession, control: Any, clock: Clock
) -> None:
    clock.set(NOON)
    place = playground.add_channel("place")

    class Talker(Diary):
        async def settle(self) -> None:
            before = len(self.done)
            await super().settle()
            for moment, _ in self.done[before:]:
                call = {"channel": place.id, "text": f"due at {moment:%H:%M}"}
                headers = {"Authorization": f"Bearer {playground.bot_token}"}
                async with session.post(f"{playground.api_url}chat.postMessage", json=call, headers=headers) as answer:
                    assert (await answer.json())["ok"]

    playground.take_levers(Talker(playground, *(NOON + timedelta(hours=hour) for hour in (3, 1, 2))))
    _, jump = await control("clock/advance", seconds=7_200)
    assert [(one["at"], one["what"]) for one in jump["fired"]] == [
        ("2026-03-02T13:00:00+00:00", "due at 13:00"),
        ("2026-03-02T14:00:00+00:00", "due at 14:00"),
    ]
    assert [one["ts"] for one in jump["fired"]] == [m.ts for m in playground.world.messages.all(place)][-2:]


async def test_starting_over_waits_for_the_walk_to_end(
    playground: Playground, session: aiohttp.ClientSession, control: Any
) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()
    told: list[str] = []

    class Slow(Diary):
        async def settle(self) -> None:
            begun.set()
            await may_end.wait()
            told.append("settled")

        async def restart(self, story: str) -> None:
            told.append("started over")

    playground.take_levers(Slow(playground))
    walking = asyncio.create_task(control("clock/advance", seconds=60))
    await begun.wait()
    restarting = asyncio.create_task(control("world/restart", story="nl"))
    for _ in range(3):
        assert (await reading(playground, session))["next_due"] is None
    may_end.set()
    assert [status for status, _ in await asyncio.gather(walking, restarting)] == [200, 200]
    assert told == ["settled", "settled", "started over"]
