"""Socket Mode: two connections, so that the refresh of one loses nothing, watched by what actually arrives.

A socket that says it is connected can be deaf. The watchdog therefore goes by signs of life (Slack says hello, and
answers our pings every few seconds) and rebuilds a connection that gives none, for as long as that takes.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from weakref import WeakSet

from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.log import log
from bot.metrics import SOCKET_AGE, SOCKET_RECONNECTS
from handlers.slack.receiving.answers import answered
from handlers.slack.receiving.dispatch import Dispatch
from handlers.slack.receiving.requests import count_unreadable, request_in
from handlers.slack.receiving.socket_line import SocketLine
from handlers.slack.receiving.unmarking import without_marks_in
from handlers.slack.sending.connection_errors import CONNECTION_ERRORS
from handlers.slack.sending.web_client import WebClient

CONNECTIONS = 2
SILENCE_SECONDS = 30.0
WATCH_SECONDS = 5.0
PING_SECONDS = 5.0
OPENING_SECONDS = 10.0
MAX_PAUSE_SECONDS = 60.0
"""How long the watchdog waits at most until it asks again for a connection that Slack did not give."""
MAX_FAILURES_COUNTED = 10
RETIRING_SECONDS = 15.0
"""Slack warns about ten seconds before it closes a connection."""

DEAF_SECONDS = 60.0
"""After so long a silence we no longer say that Slack reaches us."""


class SocketTransport:
    """Receives from Slack over WebSockets and hands everything to the Bolt app.

    `reconnected` is called after a connection was lost: what Slack sent over it meanwhile may never arrive.
    """

    def __init__(
        self,
        dispatch: Dispatch,
        app_token: str,
        api_url: str,
        *,
        reconnected: Callable[[], None] = lambda: None,
        connections: int = CONNECTIONS,
        silence_seconds: float = SILENCE_SECONDS,
        watch_seconds: float = WATCH_SECONDS,
        ping_seconds: float = PING_SECONDS,
        opening_seconds: float = OPENING_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._monotonic = monotonic
        self._dispatch = dispatch
        self._app_token = app_token
        self._reconnected = reconnected
        self._web = WebClient(base_url=api_url, retry_handlers=[])
        self._connections = connections
        self._silence_seconds = silence_seconds
        self._watch_seconds = watch_seconds
        self._ping_seconds = ping_seconds
        self._opening_seconds = opening_seconds
        self._lines: list[SocketLine] = []
        self._renewed: WeakSet[SocketLine] = WeakSet()
        self._retired: dict[SocketLine, float] = {}
        self._watcher: asyncio.Task[None] | None = None
        self._running = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._stopping = asyncio.Event()

    async def start(self) -> None:
        """Open the connections; raises one of `CONNECTION_ERRORS` when they cannot be had, and can be called again."""
        try:
            while len(self._lines) < self._connections:
                self._lines.append(await self._open())
        except CONNECTION_ERRORS:
            await self._close_lines()
            raise
        self._watcher = asyncio.create_task(self._watch(), name="socket-watchdog")

    async def _open(self) -> SocketLine:
        line = SocketLine(
            self._app_token,
            self._web,
            self._handle,
            self._renew,
            self._reconnected,
            ping_seconds=self._ping_seconds,
            monotonic=self._monotonic,
        )
        await line.open(self._opening_seconds)
        return line

    async def _renew(self, leaving: SocketLine) -> None:
        """Have a new connection before Slack closes the old one, which goes on receiving until then."""
        if self._stopping.is_set() or leaving in self._renewed:
            return
        self._renewed.add(leaving)
        try:
            fresh = await self._open()
        except CONNECTION_ERRORS as error:
            log.warning("socket_not_renewed", error=type(error).__name__)
            self._renewed.discard(leaving)
            return
        self._replace(leaving, fresh, RETIRING_SECONDS)
        if self._stopping.is_set():
            await self._close_lines()

    def _replace(self, old: SocketLine, fresh: SocketLine, seconds: float) -> None:
        """Let `fresh` take over from `old`, which the watchdog closes after `seconds`.

        Where something else took over already, `fresh` may have been given something by now: it is closed as late.
        """
        over = old if old in self._lines else fresh
        self._lines = [fresh if line is old else line for line in self._lines]
        over.stop_renewing()
        self._retired[over] = self._monotonic() + seconds

    async def _handle(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        if self._stopping.is_set():
            # Without an acknowledgement Slack brings it to another connection.
            return
        self._running += 1
        self._idle.clear()
        try:
            interaction = request_in(without_marks_in(request.payload), build_headers(request))
            if interaction is None:
                count_unreadable()
            response = answered() if interaction is None else await self._dispatch.answer(interaction)
            await send_async_response(client, request, response, time.time())
        finally:
            self._running -= 1
            if self._running == 0:
                self._idle.set()

    async def _watch(self) -> None:
        failures = 0
        while True:
            await asyncio.sleep(min(self._watch_seconds * 2**failures, MAX_PAUSE_SECONDS))
            SOCKET_AGE.set(self.silence())
            for line in [line for line, until in self._retired.items() if until <= self._monotonic()]:
                await line.close()
                del self._retired[line]
            silent = [line for line in self._lines if line.silence() > self._silence_seconds]
            failures = min(failures + 1, MAX_FAILURES_COUNTED) if silent and not await self._rebuild(silent) else 0

    async def _rebuild(self, silent: list[SocketLine]) -> bool:
        """Put a new connection in place of each silent one; false when there is one that Slack does not give."""
        for line in silent:
            log.warning("socket_silent", seconds=round(line.silence()))
            try:
                fresh = await self._open()
            except CONNECTION_ERRORS as error:
                log.error("socket_rebuild_failed", error=type(error).__name__)
                return False
            SOCKET_RECONNECTS.inc()
            self._reconnected()
            self._replace(line, fresh, 0)
        return True

    def silence(self) -> float:
        """Seconds since any connection gave a sign of life; infinite where there is none."""
        return min((line.silence() for line in self._lines), default=float("inf"))

    @property
    def is_alive(self) -> bool:
        """Whether something arrived on a connection within the last minute."""
        return self.silence() < DEAF_SECONDS

    async def stop(self, seconds: float) -> None:
        """Take nothing new, give what is being handled up to `seconds` to be answered, and close."""
        self._stopping.set()
        if self._watcher is not None:
            self._watcher.cancel()
            await asyncio.gather(self._watcher, return_exceptions=True)
        for line in self._lines:
            line.stop_renewing()
        try:
            await asyncio.wait_for(self._idle.wait(), seconds)
        except TimeoutError:
            log.warning("socket_stopped_busy", count=self._running)
        await self._close_lines()

    async def _close_lines(self) -> None:
        """Close everything; on the way out also what a renewal brought in meanwhile."""
        lines, self._lines, self._retired = [*self._lines, *self._retired], [], {}
        await asyncio.gather(*(line.close() for line in lines))
