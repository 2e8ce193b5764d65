"""Socket Mode: connections, envelopes, acknowledgements, refreshing and losing a connection."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from bot.playground import Playground
from tests.playground.app_side import Api

Connect = Callable[[], Any]


@pytest.fixture
async def connect(playground: Playground, api: Api, session: aiohttp.ClientSession) -> AsyncIterator[Connect]:
    """Opens a socket as an app does, and reads its hello."""
    opened: list[aiohttp.ClientWebSocketResponse] = []

    async def open_one() -> aiohttp.ClientWebSocketResponse:
        api.token = playground.app_token
        socket = await session.ws_connect((await api("apps.connections.open"))["url"])
        opened.append(socket)
        hello = await socket.receive_json(timeout=1)
        assert hello["type"] in ("hello", "disconnect")
        return socket

    yield open_one
    for socket in opened:
        await socket.close()


async def ack(socket: aiohttp.ClientWebSocketResponse, payload: Any = None) -> dict[str, Any]:
    envelope: dict[str, Any] = await socket.receive_json(timeout=1)
    answer = {"envelope_id": envelope["envelope_id"]}
    await socket.send_json({**answer, "payload": payload} if payload is not None else answer)
    return envelope


async def test_command_is_answered_in_the_acknowledgement(playground: Playground, connect: Connect) -> None:
    anna = playground.add_user("anna")
    socket = await connect()
    running = asyncio.create_task(anna.command("/echo", "hi"))
    envelope = await ack(socket, {"text": "hello"})
    outcome = await running
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
    assert envelope["payload"]["text"] == "hi"
    assert outcome.ok
    assert [m.text for m in anna.read()] == ["hello"]


async def test_kinds_of_envelopes(playground: Playground, connect: Connect) -> None:
    socket = await connect()
    anna = playground.add_user("anna")
    event = await ack(socket)
    assert (event["type"], event["accepts_response_payload"]) == ("events_api", False)
    assert (event["retry_attempt"], event["payload"]["type"]) == (0, "event_callback")
    running = asyncio.create_task(anna.global_shortcut("new_note"))
    envelope = await ack(socket, {"text": "an answer that Slack ignores"})
    outcome = await running
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("interactive", False)
    assert outcome.body is None


async def test_ticket_lets_in_once(playground: Playground, api: Api, session: aiohttp.ClientSession) -> None:
    api.token = playground.app_token
    url = (await api("apps.connections.open"))["url"]
    async with session.ws_connect(url):
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)


async def test_eleventh_connection_is_turned_away(playground: Playground, connect: Connect) -> None:
    for _ in range(10):
        await connect()
    extra = await connect()
    assert (await extra.receive(timeout=1)).type is aiohttp.WSMsgType.CLOSE
    assert len(playground.sockets.connections) == 10


async def test_each_payload_goes_to_one_connection(playground: Playground, connect: Connect) -> None:
    sockets = [await connect(), await connect()]
    anna = playground.add_user("anna")
    for socket in sockets:
        asyncio.get_running_loop().create_task(_ack_all(socket))
    await playground.settled()
    for _ in range(4):
        assert (await anna.command("/echo")).ok
    assert len(playground.inspector.exchanges("to_app", "command /echo")) == 4


async def _ack_all(socket: aiohttp.ClientWebSocketResponse) -> None:
    async for message in socket:
        await socket.send_json({"envelope_id": json.loads(message.data)["envelope_id"]})


@pytest.mark.parametrize("ack_timeout", [0.3])
async def test_event_that_is_not_acknowledged_comes_again(playground: Playground, connect: Connect) -> None:
    socket = await connect()
    playground.add_user("anna")
    first = await socket.receive_json(timeout=1)
    second = await ack(socket)
    assert (second["retry_attempt"], second["retry_reason"]) == (1, "timeout")
    assert second["payload"] == first["payload"]
    assert second["envelope_id"] != first["envelope_id"]


@pytest.mark.parametrize("ack_timeout", [0.3])
async def test_command_that_is_not_acknowledged_fails_for_good(playground: Playground, connect: Connect) -> None:
    anna = playground.add_user("anna")
    socket = await connect()
    outcome = await anna.command("/echo")
    assert outcome.toast == '/echo failed with the error "operation_timeout"'
    await socket.receive_json(timeout=1)
    with pytest.raises(TimeoutError):
        await socket.receive_json(timeout=0.05)


async def test_refresh_moves_deliveries_to_the_new_connection(playground: Playground, connect: Connect) -> None:
    anna = playground.add_user("anna")
    old = await connect()
    await playground.sockets.disconnect("warning")
    assert (await old.receive_json(timeout=1))["reason"] == "warning"
    running = asyncio.create_task(anna.command("/echo"))
    await ack(old)
    assert (await running).ok

    await playground.sockets.disconnect("refresh_requested")
    assert (await old.receive_json(timeout=1))["type"] == "disconnect"
    new = await connect()
    running = asyncio.create_task(anna.command("/echo"))
    await ack(new)
    assert (await running).ok
    await playground.sockets.close(leaving_only=True)
    assert (await old.receive(timeout=1)).type is aiohttp.WSMsgType.CLOSE
    assert len(playground.sockets.connections) == 1


async def test_acknowledgement_may_come_over_another_connection(playground: Playground, connect: Connect) -> None:
    anna = playground.add_user("anna")
    old = await connect()
    running = asyncio.create_task(anna.command("/echo"))
    envelope = await old.receive_json(timeout=1)
    new = await connect()
    await playground.sockets.disconnect("link_disabled")
    await new.receive_json(timeout=1)
    newest = await connect()
    await newest.send_json({"envelope_id": envelope["envelope_id"]})
    assert (await running).ok


async def test_lost_connection_leaves_the_event_for_the_next_one(playground: Playground, connect: Connect) -> None:
    socket = await connect()
    playground.sockets.cut()
    message = await socket.receive(timeout=1)
    assert message.type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.ERROR)
    playground.add_user("anna")
    await playground.settled()
    again = await connect()
    playground.clock.advance(timedelta(minutes=1))
    assert (await ack(again))["retry_attempt"] == 2


async def test_open_socket_comes_before_the_request_url(playground: Playground, connect: Connect) -> None:
    anna = playground.add_user("anna")
    playground.connect_http("http://127.0.0.1:9/closed")
    socket = await connect()
    running = asyncio.create_task(anna.command("/echo"))
    await ack(socket)
    assert (await running).ok


async def test_junk_from_the_app_is_passed_over(playground: Playground, connect: Connect) -> None:
    anna = playground.add_user("anna")
    socket = await connect()
    for junk in ("not json", "[]", '{"envelope_id": "unknown"}', '{"envelope_id": 3}'):
        await socket.send_str(junk)
    running = asyncio.create_task(anna.command("/echo"))
    await ack(socket)
    assert (await running).ok


async def test_connections_are_pinged(session: aiohttp.ClientSession, playground: Playground) -> None:
    playground.sockets._ping_interval = 0.01
    url = playground.sockets.new_url()
    async with session.ws_connect(url, autoping=False) as socket:
        assert (await socket.receive(timeout=1)).type is aiohttp.WSMsgType.TEXT
        assert (await socket.receive(timeout=1)).type is aiohttp.WSMsgType.PING
