"""Deliveries over Socket Mode: the app connects to us, and every payload goes to any one of its connections."""

import asyncio
import json
import secrets
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from bot.playground.answer import Answer, Kind
from bot.playground.state import JSON, Workspace

MAX_CONNECTIONS = 10
_ENVELOPE_TYPES = {"event": "events_api", "command": "slash_commands", "interaction": "interactive"}
_ANSWERED_INTERACTIONS = ("view_submission", "block_suggestion")


@dataclass(eq=False)
class Connection:
    """One open WebSocket; once told to `leave` it gets payloads only while there is no other."""

    socket: web.WebSocketResponse
    request: web.Request
    leaving: bool = False


@dataclass
class _Waiting:
    accepts_payload: bool
    acked: asyncio.Future[JSON] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class SocketDelivery:
    """The WebSocket side of Socket Mode."""

    def __init__(self, state: Workspace, ack_timeout: float, ping_interval: float) -> None:
        """Wait `ack_timeout` seconds for an acknowledgement; ping each connection every `ping_interval` seconds."""
        self._state = state
        self._ack_timeout = ack_timeout
        self._ping_interval = ping_interval
        self._tickets: set[str] = set()
        self._waiting: dict[str, _Waiting] = {}
        self._turn = 0
        self.connections: list[Connection] = []
        self.connected = asyncio.Event()
        self.was_connected = False

    def new_url(self) -> str:
        """A URL to connect to, once, as `apps.connections.open` gives out."""
        ticket = secrets.token_urlsafe(24)
        self._tickets.add(ticket)
        return f"{self._state.url.replace('http', 'ws', 1)}link/?ticket={ticket}&app_id={self._state.app_id}"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until either side closes it."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=404, text="no such ticket")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=True)
        await socket.prepare(request)
        if len(self.connections) >= MAX_CONNECTIONS:
            await socket.send_json(self._disconnect("too_many_websockets"))
            await socket.close()
            return socket
        connection = Connection(socket, request)
        self.connections.append(connection)
        self.was_connected = True
        pinging = asyncio.create_task(self._ping(connection))
        try:
            await socket.send_json(self._hello())
            self.connected.set()
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._take_ack(message.data)
        finally:
            pinging.cancel()
            self._drop(connection)
        return socket

    async def deliver(self, kind: Kind, payload: JSON, attempt: int, reason: str) -> Answer:
        """Send a payload to one connection and wait for its acknowledgement, on whichever connection that comes."""
        connection = self._next()
        if connection is None:
            return Answer("socket", None, 0.0, failure="connection_failed")
        key, started = str(uuid.uuid4()), time.perf_counter()
        waiting = self._waiting[key] = _Waiting(accepts_payload=_accepts_payload(kind, payload))
        envelope = {
            "envelope_id": key,
            "payload": payload,
            "type": _ENVELOPE_TYPES[kind],
            "accepts_response_payload": waiting.accepts_payload,
        }
        if kind == "event":
            envelope |= {"retry_attempt": attempt, "retry_reason": reason}
        try:
            async with asyncio.timeout(self._ack_timeout):
                await connection.socket.send_json(envelope)
                body = await waiting.acked
        except TimeoutError:
            return Answer("socket", None, time.perf_counter() - started, failure="timeout")
        except ConnectionError:
            return Answer("socket", None, time.perf_counter() - started, failure="connection_failed")
        finally:
            del self._waiting[key]
        text = json.dumps(body) if body else ""
        return Answer("socket", 200, time.perf_counter() - started, body=body or None, text=text)

    async def disconnect(self, reason: str) -> None:
        """Tell every connection that it will be closed; after a `warning` it stays open, otherwise it is closed."""
        for connection in list(self.connections):
            connection.leaving = True
            await connection.socket.send_json(self._disconnect(reason))
        if reason == "link_disabled":
            await self.close()

    async def close(self, *, leaving_only: bool = False) -> None:
        """Close connections with a close frame, all of them or those that were told to leave."""
        for connection in list(self.connections):
            if connection.leaving or not leaving_only:
                self._drop(connection)
                await connection.socket.close(code=aiohttp.WSCloseCode.GOING_AWAY, drain=False)

    def cut(self) -> None:
        """Break every connection as a failing network does, without a close frame."""
        for connection in list(self.connections):
            self._drop(connection)
            if connection.request.transport is not None:
                connection.request.transport.abort()

    def _next(self) -> Connection | None:
        staying = [c for c in self.connections if not c.leaving] or self.connections
        if not staying:
            return None
        self._turn += 1
        return staying[self._turn % len(staying)]

    def _drop(self, connection: Connection) -> None:
        if connection in self.connections:
            self.connections.remove(connection)
        if not self.connections:
            self.connected.clear()

    def _take_ack(self, text: str) -> None:
        try:
            message: Any = json.loads(text)
        except ValueError:
            return
        waiting = self._waiting.get(message.get("envelope_id", "")) if isinstance(message, dict) else None
        if waiting is not None and not waiting.acked.done():
            payload = message.get("payload")
            waiting.acked.set_result(payload if waiting.accepts_payload and payload else {})

    async def _ping(self, connection: Connection) -> None:
        while True:
            await asyncio.sleep(self._ping_interval)
            try:
                await connection.socket.ping(b"Ping from the playground")
            except ConnectionError:
                return

    def _hello(self) -> JSON:
        return {
            "type": "hello",
            "num_connections": len(self.connections),
            "debug_info": {"host": "playground", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._state.app_id},
        }

    def _disconnect(self, reason: str) -> JSON:
        return {"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}}


def _accepts_payload(kind: Kind, payload: JSON) -> bool:
    return kind == "command" or (kind == "interaction" and payload["type"] in _ANSWERED_INTERACTIONS)
