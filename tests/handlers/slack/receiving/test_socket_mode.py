"""Socket Mode: refreshes, deaf connections and lost ones; nothing that Slack brings is lost or done twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.metrics import SOCKET_RECONNECTS
from bot.playground import Playground
from bot.playground.delivery_socket import MAX_CONNECTIONS
from handlers.slack.receiving import socket_mode
from handlers.slack.receiving.dispatch import Dispatch
from handlers.slack.words import COMMAND_FLAG
from tests.handlers.slack.common_setup import a_client
from tests.handlers.slack.flags.setup import recorded
from tests.harness import MANIFEST, UNHURRIED, Harness, running_harness

APP_TOKEN = "xapp-1-A1-1-x"
NEVER = 600.0
"""Seconds between pings where none may come: neither we nor the SDK learn anything from the connection."""


class Counting(Dispatch):
    """Answers everything with 200 and counts it."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.hold: asyncio.Event | None = None

    async def answer(self, request: AsyncBoltRequest) -> BoltResponse:
        if self.hold is not None:
            await self.hold.wait()
        self.seen.append(str(request.body.get("command")))
        return BoltResponse(status=200)


OPENED: list[socket_mode.SocketTransport] = []


class SocketTransport(socket_mode.SocketTransport):
    """Remembered, so that a test that fails leaves no connection behind: the SDK's tasks do not let themselves be
    cancelled while their connection is open."""

    def __init__(self, *arguments: Any, **timing: Any) -> None:
        super().__init__(*arguments, **timing)
        OPENED.append(self)


@pytest.fixture(autouse=True)
async def _nothing_stays_open() -> AsyncIterator[None]:
    yield
    while OPENED:
        await OPENED.pop().stop(1)


@asynccontextmanager
async def connected(world: Playground, **timing: Any) -> AsyncIterator[tuple[SocketTransport, Counting]]:
    """A transport with its connections open."""
    dispatch = Counting()
    transport = SocketTransport(dispatch, world.app_token, world.api_url, **timing)
    await transport.start()
    try:
        yield transport, dispatch
    finally:
        await transport.stop(1)


@pytest.fixture
async def world() -> AsyncIterator[Playground]:
    """A workspace without a bot."""
    playground = Playground(MANIFEST, ack_timeout=UNHURRIED)
    await playground.start()
    yield playground
    await playground.stop()


async def until(true: Any) -> None:
    """Return once `true()` holds."""
    async with asyncio.timeout(30):
        while not true():  # noqa: ASYNC110 (what is waited for happens on a connection, and tells nobody)
            await asyncio.sleep(0.01)


async def test_two_connections_are_open(world: Playground) -> None:
    async with connected(world) as (transport, _):
        assert len(world.sockets.connections) == 2
        assert transport.is_alive
    await until(lambda: not world.sockets.connections)
    assert not transport.is_alive


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_refreshing_loses_nothing_under_load(world: Playground, reason: str) -> None:
    ben = world.add_user("ben")
    gaps: list[None] = []
    async with connected(world, reconnected=lambda: gaps.append(None)) as (transport, dispatch):
        done: list[bool] = []

        async def work() -> None:
            for _ in range(10):
                done.append((await ben.command(COMMAND_FLAG)).ok)

        working = [asyncio.create_task(work()) for _ in range(4)]
        for _ in range(3):
            await until(lambda: world.sockets.connections)
            await world.sockets.disconnect(reason)
            await asyncio.sleep(0.02)
        await asyncio.gather(*working)
        assert done == [True] * 40
        assert len(dispatch.seen) == 40
        assert transport.is_alive
        assert not gaps


async def test_cut_connections_come_back_by_themselves(world: Playground) -> None:
    ben = world.add_user("ben")
    gap = asyncio.Event()
    async with connected(world, ping_seconds=0.3, reconnected=gap.set) as (_, dispatch):
        world.sockets.cut()
        await until(lambda: len(world.sockets.connections) >= 2)
        assert (await ben.command(COMMAND_FLAG)).ok
        assert dispatch.seen
        # What Slack sent meanwhile may never arrive.
        await asyncio.wait_for(gap.wait(), 30)


async def test_more_connections_than_slack_allows_are_not_taken_for_good_ones(world: Playground) -> None:
    async with connected(world, connections=MAX_CONNECTIONS):
        extra = SocketTransport(Counting(), world.app_token, world.api_url, connections=1)
        with pytest.raises(ConnectionRefusedError):
            await extra.start()
        await extra.stop(1)


async def test_stopping_waits_for_what_is_being_handled(world: Playground) -> None:
    ben = world.add_user("ben")
    async with connected(world) as (transport, dispatch):
        dispatch.hold = asyncio.Event()
        asked = asyncio.create_task(ben.command(COMMAND_FLAG))
        await until(lambda: not transport._idle.is_set())
        stopping = asyncio.create_task(transport.stop(5))
        await asyncio.sleep(0.05)
        assert not stopping.done()
        dispatch.hold.set()
        await stopping
        assert (await asked).ok


class DeafSlack:
    """A Slack that takes connections and then, once told so, says nothing on any of them any more."""

    def __init__(self) -> None:
        self.is_deaf = False
        self.refuses = False
        self.opened = 0
        self.asked = 0
        self.url = ""
        self._open: list[web.WebSocketResponse] = []

    async def hand_out(self, _: web.Request) -> web.Response:
        """`apps.connections.open`."""
        self.asked += 1
        if self.refuses:
            return web.json_response({"ok": False, "error": "internal_error"})
        return web.json_response({"ok": True, "url": self.url.replace("http", "ws") + "link"})

    async def link(self, request: web.Request) -> web.WebSocketResponse:
        """The socket: a hello, and a pong to every ping, until it turns deaf."""
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        self._open.append(socket)
        self.opened += 1
        if not self.is_deaf:
            await socket.send_json({"type": "hello"})
        async for message in socket:
            if message.type is aiohttp.WSMsgType.PING and not self.is_deaf:
                await socket.pong(message.data)
        return socket

    async def hang_up(self) -> None:
        """Close every connection."""
        for socket in self._open:
            await socket.close(code=aiohttp.WSCloseCode.GOING_AWAY, drain=False)


@pytest.fixture
async def deaf_slack() -> AsyncIterator[DeafSlack]:
    """A server that can turn deaf."""
    slack = DeafSlack()
    application = web.Application()
    application.router.add_post("/api/apps.connections.open", slack.hand_out)
    application.router.add_get("/link", slack.link)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    yield slack
    await slack.hang_up()
    await runner.cleanup()


class Watch:
    """Seconds that pass only when a test lets them."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


async def test_a_connection_that_answers_pings_is_left_alone(deaf_slack: DeafSlack) -> None:
    before, watch = SOCKET_RECONNECTS._value.get(), Watch()
    timing: dict[str, Any] = {"watch_seconds": 0.01, "ping_seconds": 0.05, "monotonic": watch}
    transport = SocketTransport(Counting(), APP_TOKEN, f"{deaf_slack.url}api/", **timing)
    await transport.start()
    lines = transport._lines
    assert len(lines) == 2
    for _ in range(4):
        watch.seconds += socket_mode.SILENCE_SECONDS - 1
        await until(lambda: all(line.silence() == 0 for line in transport._lines))
    assert transport._lines == lines
    assert SOCKET_RECONNECTS._value.get() == before
    await transport.stop(1)


async def test_a_deaf_connection_is_rebuilt(deaf_slack: DeafSlack) -> None:
    before, watch = SOCKET_RECONNECTS._value.get(), Watch()
    timing: dict[str, Any] = {"watch_seconds": 0.01, "ping_seconds": NEVER, "monotonic": watch}
    transport = SocketTransport(Counting(), APP_TOKEN, f"{deaf_slack.url}api/", **timing)
    await transport.start()
    deaf = transport._lines
    watch.seconds += socket_mode.SILENCE_SECONDS + 1
    await until(lambda: SOCKET_RECONNECTS._value.get() >= before + 2)
    assert len(transport._lines) == 2
    assert not set(transport._lines) & set(deaf)
    assert transport.silence() == 0
    assert deaf_slack.opened == 4
    await transport.stop(1)


@pytest.mark.parametrize("refuses", [True, False])
async def test_a_connection_is_asked_for_until_slack_gives_one(
    deaf_slack: DeafSlack, monkeypatch: pytest.MonkeyPatch, *, refuses: bool
) -> None:
    monkeypatch.setattr(socket_mode, "MAX_PAUSE_SECONDS", 0.02)
    watch, before = Watch(), SOCKET_RECONNECTS._value.get()
    timing: dict[str, Any] = {"watch_seconds": 0.01, "ping_seconds": NEVER, "monotonic": watch}
    transport = SocketTransport(Counting(), APP_TOKEN, f"{deaf_slack.url}api/", **timing)
    await transport.start()
    deaf_slack.is_deaf, deaf_slack.refuses = True, refuses
    transport._opening_seconds = 0.05
    watch.seconds += socket_mode.SILENCE_SECONDS + 1
    asked = deaf_slack.asked
    await until(lambda: deaf_slack.asked >= asked + 6)
    watch.seconds += socket_mode.DEAF_SECONDS
    assert not transport.is_alive
    deaf_slack.is_deaf, deaf_slack.refuses = False, False
    transport._opening_seconds = UNHURRIED
    await until(lambda: SOCKET_RECONNECTS._value.get() >= before + 2)
    assert transport.is_alive
    await transport.stop(1)


async def test_an_envelope_that_comes_again_is_done_once(sqlite_url: str) -> None:
    async with running_harness(sqlite_url, "socket") as harness:
        await a_client(harness, "Acme", flags=0)
        assert (await harness.ben.command(COMMAND_FLAG, "Acme late 3 invoice open")).ok
        answer = await harness.world.dispatcher.redeliver()
        assert "Recorded" in answer.text
        assert len(await recorded(harness)) == 1


async def test_an_event_that_failed_is_not_acknowledged(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running_harness(sqlite_url, "socket") as harness:
        monkeypatch.setattr(harness.world.sockets, "_ack_timeout", 0.2)
        monkeypatch.setattr(harness.bot.database, "write", _fails)
        event = somebody_changed(harness)
        answer = await harness.world.dispatcher.ask("event", event)
        assert answer.failure == "timeout"


async def _fails(work: Any) -> None:
    raise RuntimeError


def somebody_changed(harness: Harness) -> dict[str, Any]:
    """An event that something is stored about."""
    return {
        "type": "event_callback",
        "event_id": "Ev1",
        "team_id": harness.world.team_id,
        "authorizations": [{"team_id": harness.world.team_id, "enterprise_id": None}],
        "event": {"type": "user_change", "user": {"id": harness.ben.id, "deleted": True}},
    }
