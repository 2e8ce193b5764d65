"""Socket Mode: two connections, so that the refresh of one loses nothing, watched by what actually arrives.

A socket that says it is connected can be deaf. The watchdog therefore goes by signs of life (Slack pings every few
seconds, and says hello first) and rebuilds a connection that gives none; when that fails three times in a row the
process should end and be started anew.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.log import log
from bot.metrics import ACK_SECONDS, DELIVERY_RETRIES, SOCKET_AGE, SOCKET_RECONNECTS
from handlers.slack.gatekeeper import surface_of

CONNECTIONS = 2
SILENCE_SECONDS = 30.0
WATCH_SECONDS = 5.0
FAILURES_BEFORE_GIVING_UP = 3

CONNECTION_ERRORS = (SlackApiError, aiohttp.ClientError, asyncio.TimeoutError, OSError)


class _Line:
    """One connection and when it last gave a sign of life, in monotonic seconds."""

    def __init__(self, client: SocketModeClient) -> None:
        self.client = client
        self.alive_at = time.monotonic()
        self.said_hello = False
        self._last_ping: float | None = None

    async def on_message(self, _: Any, message: dict[str, Any], __: str | None = None) -> None:
        self.alive_at = time.monotonic()
        self.said_hello = self.said_hello or message.get("type") == "hello"

    def silence(self) -> float:
        """Seconds since anything arrived, pongs of our own pings included."""
        ping = self.client.last_ping_pong_time
        if ping is not None and ping != self._last_ping:
            self._last_ping = ping
            self.alive_at = time.monotonic()
        return time.monotonic() - self.alive_at


class SocketTransport:
    """Receives from Slack over WebSockets and hands everything to the Bolt app.

    `gave_up` is set when connections cannot be had any more.
    """

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        api_url: str,
        *,
        connections: int = CONNECTIONS,
        silence_seconds: float = SILENCE_SECONDS,
        watch_seconds: float = WATCH_SECONDS,
        ping_seconds: float = 5.0,
    ) -> None:
        self._app = app
        self._app_token = app_token
        self._web = AsyncWebClient(base_url=api_url, retry_handlers=[])
        self._connections = connections
        self._silence_seconds = silence_seconds
        self._watch_seconds = watch_seconds
        self._ping_seconds = ping_seconds
        self._lines: list[_Line] = []
        self._watcher: asyncio.Task[None] | None = None
        self._running = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self.gave_up = asyncio.Event()

    async def start(self) -> None:
        """Open the connections; raises when Slack refuses the app token or cannot be reached."""
        for _ in range(self._connections):
            self._lines.append(await self._open())
        self._watcher = asyncio.create_task(self._watch(), name="socket-watchdog")

    async def _open(self) -> _Line:
        client = SocketModeClient(app_token=self._app_token, web_client=self._web, ping_interval=self._ping_seconds)
        line = _Line(client)
        client.message_listeners.append(line.on_message)
        client.socket_mode_request_listeners.append(self._handle)
        try:
            await client.connect_to_new_endpoint()
        except CONNECTION_ERRORS:
            await client.close()
            raise
        return line

    async def _handle(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        started = time.perf_counter()
        self._running += 1
        self._idle.clear()
        try:
            if request.retry_attempt:
                DELIVERY_RETRIES.labels(reason="socket").inc()
            response = await run_async_bolt_app(self._app, request)
            await send_async_response(client, request, response, time.time())
            ACK_SECONDS.labels(surface=surface_of(request.payload)).observe(time.perf_counter() - started)
        finally:
            self._running -= 1
            if self._running == 0:
                self._idle.set()

    async def _watch(self) -> None:
        failures = 0
        while True:
            await asyncio.sleep(self._watch_seconds)
            SOCKET_AGE.set(self.silence())
            for position, line in enumerate(self._lines):
                if line.silence() <= self._silence_seconds:
                    continue
                log.warning("socket_silent", seconds=round(line.silence()))
                SOCKET_RECONNECTS.inc()
                try:
                    self._lines[position] = await self._open()
                    failures = 0
                except CONNECTION_ERRORS as error:
                    failures += 1
                    log.error("socket_rebuild_failed", error=type(error).__name__, count=failures)
                    if failures >= FAILURES_BEFORE_GIVING_UP:
                        self.gave_up.set()
                        return
                    continue
                await line.client.close()

    def silence(self) -> float:
        """Seconds since any connection gave a sign of life; infinite before the first."""
        return min((line.silence() for line in self._lines), default=float("inf"))

    @property
    def is_alive(self) -> bool:
        """Whether something arrived on a connection within the last minute."""
        return self.silence() < 60.0 and any(line.said_hello for line in self._lines)

    async def stop(self, seconds: float) -> None:
        """Stop listening, and give what is being handled up to `seconds` to be answered."""
        if self._watcher is not None:
            self._watcher.cancel()
            await asyncio.gather(self._watcher, return_exceptions=True)
        for line in self._lines:
            line.client.auto_reconnect_enabled = False
        try:
            await asyncio.wait_for(self._idle.wait(), seconds)
        except TimeoutError:
            log.warning("socket_stopped_busy", count=self._running)
        for line in self._lines:
            await line.client.close()
        self._lines.clear()
