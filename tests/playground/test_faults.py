"""Failures thrown in: what the app gets, and whether the call had its effect all the same."""

import asyncio
import time
from typing import Any

import aiohttp
import pytest

from bot.playground import Playground
from bot.playground.state import Channel
from tests.playground.app_side import Api


@pytest.fixture
def channel(playground: Playground) -> Channel:
    """A channel to post in."""
    return playground.add_channel("general")


def texts(playground: Playground, channel: Channel) -> list[str]:
    return [m.text for m in playground.world.messages.all(channel) if m.from_app]


async def test_error_meets_the_next_call_of_its_method_only(playground: Playground, api: Api, channel: Channel) -> None:
    playground.faults.add("chat.postMessage", error="fatal_error", times=2)
    assert (await api("auth.test"))["ok"]
    for _ in range(2):
        assert await api("chat.postMessage", channel=channel.id, text="x") == {"ok": False, "error": "fatal_error"}
    assert (await api("chat.postMessage", channel=channel.id, text="y"))["ok"]
    assert texts(playground, channel) == ["y"]


async def test_error_may_hide_that_the_call_was_carried_out(playground: Playground, api: Api, channel: Channel) -> None:
    playground.faults.add("chat.postMessage", error="fatal_error", accepted=True)
    assert (await api("chat.postMessage", channel=channel.id, text="x"))["ok"] is False
    assert texts(playground, channel) == ["x"]


@pytest.mark.parametrize(("drop", "posted"), [("before", []), ("after", ["x"])])
async def test_dropped_connection(
    playground: Playground, api: Api, channel: Channel, drop: Any, posted: list[str]
) -> None:
    playground.faults.add("chat.postMessage", drop=drop)
    with pytest.raises(aiohttp.ClientError):
        await api("chat.postMessage", channel=channel.id, text="x")
    assert texts(playground, channel) == posted
    assert playground.inspector.exchanges("from_app")[-1].failure == f"drop {drop}"


async def test_http_answers_of_any_shape(
    playground: Playground, api: Api, channel: Channel, session: aiohttp.ClientSession
) -> None:
    playground.faults.add("chat.postMessage", status=429, retry_after="Wed, 21 Oct 2026 07:28:00 GMT")
    assert (await api("chat.postMessage", channel=channel.id, text="x"))["error"] == "ratelimited"
    assert (api.status, api.headers["Retry-After"]) == (429, "Wed, 21 Oct 2026 07:28:00 GMT")
    playground.faults.add("*", status=502, body="<html>Bad gateway</html>")
    async with session.post(f"{playground.api_url}auth.test") as response:
        assert (response.status, response.content_type) == (502, "text/html")
    assert texts(playground, channel) == []


async def test_hanging_call_ends_with_the_callers_patience(playground: Playground, api: Api, channel: Channel) -> None:
    playground.faults.add("chat.postMessage", hang=True, accepted=True)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await api("chat.postMessage", channel=channel.id, text="x")
    assert texts(playground, channel) == ["x"]
    started = time.perf_counter()
    playground.faults.add("auth.test", hang=True)
    hanging = asyncio.create_task(api("auth.test"))
    await asyncio.sleep(0.01)
    await playground.stop()
    assert time.perf_counter() - started < 0.5
    with pytest.raises(aiohttp.ClientError):
        await hanging


async def test_delay_comes_before_the_proper_answer(playground: Playground, api: Api, channel: Channel) -> None:
    playground.faults.add("chat.postMessage", delay=0.05)
    started = time.perf_counter()
    assert (await api("chat.postMessage", channel=channel.id, text="x"))["ok"]
    assert time.perf_counter() - started >= 0.05


async def test_failure_without_end_lasts_until_it_is_cleared(playground: Playground, api: Api) -> None:
    playground.faults.add("auth.test", error="internal_error", times=None)
    for _ in range(3):
        assert (await api("auth.test"))["ok"] is False
    assert len(playground.faults.lined_up()) == 1
    playground.faults.clear()
    assert (await api("auth.test"))["ok"]
    with pytest.raises(ValueError, match="at least once"):
        playground.faults.add("auth.test", times=0)
