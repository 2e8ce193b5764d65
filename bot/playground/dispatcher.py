"""Brings payloads to the app over whichever transport it uses, and events again when they failed."""

import asyncio
from collections import deque
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.playground.answer import Answer, Kind
from bot.playground.clock import Clock
from bot.playground.delivery_http import HttpDelivery
from bot.playground.delivery_socket import SocketDelivery
from bot.playground.inspector import Inspector
from bot.playground.state import JSON

RETRY_AFTER = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
DELAYED = (timedelta(hours=1),) * 24
_REMEMBERED = 100


@dataclass(frozen=True)
class Delivery:
    """Something that was brought to the app, kept so that it can be brought again unchanged."""

    kind: Kind
    payload: JSON


class Dispatcher:
    """Delivers. Open sockets come before the request URL; with neither ever set, events are dropped unseen."""

    def __init__(
        self, http: HttpDelivery, sockets: SocketDelivery, clock: Clock, inspector: Inspector, *, delayed_events: bool
    ) -> None:
        """Retries of events wait by `clock`; with `delayed_events` they go on hourly for a day."""
        self._retry_after = (*RETRY_AFTER, *DELAYED) if delayed_events else RETRY_AFTER
        self._http = http
        self._sockets = sockets
        self._clock = clock
        self._inspector = inspector
        self._tasks: set[asyncio.Task[None]] = set()
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._may_send = asyncio.Event()
        self._may_send.set()
        self.deliveries: deque[Delivery] = deque(maxlen=_REMEMBERED)

    def send_event(self, envelope: JSON) -> None:
        """Deliver an event in the background; on failure three times again, at once, after one and five minutes.

        With delayed events 24 more attempts follow, one an hour.
        """
        if self._http.url is None and not self._sockets.was_connected:
            return
        self._begin()
        task = asyncio.get_running_loop().create_task(self._deliver_event(envelope))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def ask(self, kind: Kind, payload: JSON) -> Answer:
        """Deliver a command or interaction once and return the app's answer."""
        self._begin()
        try:
            return await self._attempt(kind, payload, 0, "")
        finally:
            self._end()

    async def redeliver(self, delivery: Delivery | None = None, reason: str = "http_timeout") -> Answer:
        """Bring a delivery (the last one unless given) once more, body unchanged; an event says it is a retry."""
        again = delivery or self.deliveries[-1]
        attempt = 1 if again.kind == "event" else 0
        self._begin()
        try:
            return await self._attempt(again.kind, again.payload, attempt, reason)
        finally:
            self._end()

    def hold(self) -> None:
        """Keep events back until `release`."""
        self._may_send.clear()

    def release(self) -> None:
        """Let events go out again, those kept back first."""
        self._may_send.set()

    async def settled(self) -> None:
        """Return once nothing is on its way; an event that waits for its next attempt, or is held, does not count."""
        await self._idle.wait()

    async def close(self) -> None:
        """Give up everything that is on its way or waits."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._http.close()

    async def _deliver_event(self, envelope: JSON) -> None:
        try:
            await self._release_of_events()
            answer = await self._attempt("event", envelope, 0, "")
            for attempt, pause in enumerate(self._retry_after, start=1):
                if answer.ok or answer.no_retry:
                    return
                await self._pause(pause)
                answer = await self._attempt("event", envelope, attempt, answer.failure or "")
        finally:
            self._end()

    async def _release_of_events(self) -> None:
        if not self._may_send.is_set():
            self._end()
            try:
                await self._may_send.wait()
            finally:
                self._begin()

    async def _pause(self, pause: timedelta) -> None:
        if pause:
            due = self._clock.now() + pause
            self._end()
            try:
                await self._clock.wait_until(due)
            finally:
                self._begin()

    async def _attempt(self, kind: Kind, payload: JSON, attempt: int, reason: str) -> Answer:
        if not attempt:
            self.deliveries.append(Delivery(kind, payload))
        transport = self._sockets if self._sockets.connections else self._http
        answer = await transport.deliver(kind, payload, attempt, reason)
        self._inspector.record(
            "to_app",
            _name(kind, payload),
            transport=answer.transport,
            request=payload,
            status=answer.status,
            response=answer.body if answer.body is not None else answer.text,
            seconds=answer.seconds,
            failure=answer.failure,
            attempt=attempt,
        )
        return answer

    def _begin(self) -> None:
        self._under_way += 1
        self._idle.clear()

    def _end(self) -> None:
        self._under_way -= 1
        if self._under_way == 0:
            self._idle.set()


def _name(kind: Kind, payload: JSON) -> str:
    about: dict[str, Any] = {
        "event": payload.get("event", payload).get("type"),
        "command": payload.get("command"),
        "interaction": payload.get("type"),
    }
    return f"{kind} {about[kind]}"
