"""What a supervisor asks: alive, ready, and the figures."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from prometheus_client.parser import text_string_to_metric_families

from handlers import http_connections
from handlers.http import Doors, HttpServer, ListeningError, build_http, is_loopback

LOCALHOST = "127.0.0.1"


async def ready(*, well: bool = True) -> dict[str, bool]:
    """A bot whose every part is well, or whose database is gone."""
    return {"database": well, "slack": True}


async def asked(
    path: str,
    *,
    token: str = "",
    well: bool = True,
    headers: dict[str, str] | None = None,
    is_local: bool = True,
) -> Any:
    """The status, headers and text of an answer."""
    doors = Doors(ready=lambda: ready(well=well), metrics_token=token, is_local=is_local)
    server = HttpServer(build_http(doors), LOCALHOST, 0)
    port = await server.start()
    try:
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://{LOCALHOST}:{port}{path}", headers=headers) as answer,
        ):
            return answer.status, await answer.text()
    finally:
        await server.stop()


async def test_alive_says_nothing_of_the_rest() -> None:
    assert await asked("/healthz", well=False) == (200, '{"status": "ok"}')


@pytest.mark.parametrize(("well", "status"), [(True, 200), (False, 503)])
async def test_ready_names_each_check(*, well: bool, status: int) -> None:
    answered, text = await asked("/readyz", well=well)
    assert answered == status
    assert f'"database": {str(well).lower()}' in text


async def test_without_slack_over_http_there_is_no_address_for_it() -> None:
    assert (await asked("/slack/events"))[0] == 404


async def test_figures_are_for_this_machine() -> None:
    status, text = await asked("/metrics")
    assert status == 200
    assert "flagclient_access_denied" in {family.name for family in text_string_to_metric_families(text)}


@pytest.mark.parametrize("header", ["Forwarded", "X-Forwarded-For", "X-Real-IP"])
async def test_figures_do_not_pass_a_proxy_on_this_machine(header: str) -> None:
    assert (await asked("/metrics", headers={header: "192.0.2.1"}))[0] == 401


async def test_where_others_can_reach_us_figures_need_the_token() -> None:
    assert (await asked("/metrics", is_local=False))[0] == 401
    assert (await asked("/metrics", is_local=False, token="t", headers={"Authorization": "Bearer t"}))[0] == 200


@pytest.mark.parametrize(
    ("host", "is_local"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104 (nothing listens)
        ("::", False),
        ("bot.example", False),
    ],
)
def test_which_addresses_are_of_this_machine_alone(host: str, *, is_local: bool) -> None:
    assert is_loopback(host) is is_local


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ("Bearer secret", 200),
        ("bearer secret", 200),
        ("secret", 401),
        ("Bearer", 401),
        ("Bearer other", 401),
        ("", 401),
    ],
)
async def test_with_a_token_only_the_token_counts(given: str, status: int) -> None:
    assert (await asked("/metrics", token="secret", headers={"Authorization": given}))[0] == status


async def test_a_token_that_is_no_text_is_refused() -> None:
    assert (await asked("/metrics", token="secret", headers={"Authorization": "Bearer \u00e9"}))[0] == 401


async def test_a_port_that_is_taken_is_said_in_a_sentence() -> None:
    first = HttpServer(build_http(Doors(ready=ready)), LOCALHOST, 0)
    port = await first.start()
    second = HttpServer(build_http(Doors(ready=ready)), LOCALHOST, port)
    with pytest.raises(ListeningError, match=f"Port {port} on 127.0.0.1 cannot be used: something else listens there"):
        await second.start()
    await second.stop()
    await first.stop()


@asynccontextmanager
async def listening() -> AsyncIterator[int]:
    """A server and its port."""
    server = HttpServer(build_http(Doors(ready=ready)), LOCALHOST, 0)
    port = await server.start()
    try:
        yield port
    finally:
        await server.stop()


@pytest.mark.parametrize("begun", [b"", b"GET /healthz HTTP/1.1\r\nHost: here\r\n"])
async def test_whoever_says_nothing_or_half_is_hung_up_on(begun: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_connections, "HEAD_SECONDS", 0.05)
    async with listening() as port:
        reader, writer = await asyncio.open_connection(LOCALHOST, port)
        writer.write(begun)
        with suppress(ConnectionResetError):
            assert await reader.read() == b""
        writer.close()


async def test_a_connection_that_has_asked_is_not_waited_for_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_connections, "HEAD_SECONDS", 0.05)
    async with listening() as port:
        silent, silent_writer = await asyncio.open_connection(LOCALHOST, port)
        reader, writer = await asyncio.open_connection(LOCALHOST, port)
        for _ in range(2):
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n")
            assert (await reader.readuntil(b"}")).startswith(b"HTTP/1.1 200")
            # Whoever says nothing is hung up on meanwhile.
            with suppress(ConnectionResetError):
                assert await silent.read() == b""
        writer.close()
        silent_writer.close()


async def test_idle_connections_make_room_and_nobody_is_shut_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_connections, "MAX_CONNECTIONS", 3)
    async with listening() as port:
        idle = [await asyncio.open_connection(LOCALHOST, port) for _ in range(20)]
        assert await _healthy(port)
        with suppress(ConnectionResetError):
            assert await idle[0][0].read() == b""
        still_open = [writer for reader, writer in idle if not (reader.at_eof() or reader.exception())]
        assert len(still_open) <= 3
        for _, writer in idle:
            writer.close()


async def _healthy(port: int) -> bool:
    async with aiohttp.ClientSession() as session, session.get(f"http://{LOCALHOST}:{port}/healthz") as answer:
        return answer.status == 200


async def test_a_compressed_body_is_not_unpacked() -> None:
    async def receive(request: web.Request) -> web.Response:
        return web.Response(body=await request.read())

    server = HttpServer(build_http(Doors(ready=ready, posts={"/in": receive})), LOCALHOST, 0)
    port = await server.start()
    packed = gzip.compress(b"a" * 10_000)
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"http://{LOCALHOST}:{port}/in", data=packed, headers={"Content-Encoding": "gzip"}) as answer,
    ):
        assert await answer.read() == packed
    await server.stop()
