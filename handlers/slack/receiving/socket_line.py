"""One Socket Mode connection, and when it last gave a sign of life."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

CLOSING_SECONDS = 2.0

RequestHandler = Callable[[AsyncBaseSocketModeClient, SocketModeRequest], Awaitable[None]]


class _Client(SocketModeClient):
    """The SDK's client, which tells us when Slack is about to close its connection.

    By itself it would close the connection at once and then open another: what Slack sends in between would be lost.
    """

    leaving: Callable[[], Awaitable[None]]

    async def run_message_listeners(self, message: dict[str, Any], raw_message: str) -> None:
        if message.get("type") == "disconnect":
            await self.leaving()
        else:
            await super().run_message_listeners(message, raw_message)


class SocketLine:
    """A connection that the SDK keeps and answers on, and has back after a break; `open` it first, and `close` it.

    The SDK's own idea of being connected is not used: it takes a connection that never says anything for a good one.
    `leaving` is called when Slack says that it will close the connection soon, `reconnected` after a break.
    """

    def __init__(
        self,
        app_token: str,
        web: AsyncWebClient,
        handle: RequestHandler,
        leaving: Callable[[SocketLine], Awaitable[None]],
        reconnected: Callable[[], None],
        *,
        ping_seconds: float,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._monotonic = monotonic
        self._client = _Client(app_token=app_token, web_client=web, ping_interval=ping_seconds)
        self._client.leaving = self._on_leaving
        self._leaving = leaving
        self._reconnected = reconnected
        self._client.message_listeners.append(self._on_message)
        self._client.socket_mode_request_listeners.append(handle)
        self._greeted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._alive_at = monotonic()
        self._last_pong: float | None = None
        self._closing: asyncio.Task[None] | None = None

    async def open(self, seconds: float) -> None:
        """Connect, and return once Slack has said hello; raises one of `CONNECTION_ERRORS` after `seconds` at most."""
        try:
            async with asyncio.timeout(seconds):
                await self._client.connect_to_new_endpoint()
                await self._greeted
        except BaseException:
            self._greeted.cancel()
            await self.close()
            raise

    async def _on_message(self, _: AsyncBaseSocketModeClient, message: dict[str, Any], __: str | None = None) -> None:
        self._alive_at = self._monotonic()
        if message.get("type") != "hello":
            return
        if self._greeted.done():
            self._reconnected()
        else:
            self._greeted.set_result(None)

    async def _on_leaving(self) -> None:
        if not self._greeted.done():
            self._greeted.set_exception(ConnectionRefusedError("Slack has as many connections of ours as it takes."))
        elif not self._greeted.cancelled():
            await self._leaving(self)

    def silence(self) -> float:
        """Seconds since Slack last said something or answered a ping of ours."""
        # The first value after a new connection is set by the SDK itself, so only a change from one to the next tells.
        pong = self._client.last_ping_pong_time
        if pong is not None and self._last_pong is not None and pong != self._last_pong:
            self._alive_at = self._monotonic()
        self._last_pong = pong
        return self._monotonic() - self._alive_at

    def stop_renewing(self) -> None:
        """Let the connection end when it ends."""
        self._client.default_auto_reconnect_enabled = False
        self._client.auto_reconnect_enabled = False

    async def close(self) -> None:
        """End the connection within two seconds; may be called again, and goes on when the caller is cancelled."""
        if self._closing is None:
            self._closing = asyncio.create_task(self._end())
        await asyncio.shield(self._closing)

    async def _end(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSING_SECONDS):
                await self._client.close()  # type: ignore[no-untyped-call]
                return
        # The other side does not say goodbye: let go of everything else.
        self._client.current_session = None
        await self._client.close()  # type: ignore[no-untyped-call]
