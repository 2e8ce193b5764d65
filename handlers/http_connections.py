"""The connections of the HTTP server: nobody holds them by saying nothing, and there are never too many."""

from __future__ import annotations

import asyncio
import resource
from asyncio import Server as ListeningServer
from collections.abc import Awaitable, Callable

from aiohttp import web

Answer = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]

HEAD_SECONDS = 10.0
"""How long the first request of a connection may take to arrive, apart from its body."""

KEEP_ALIVE_SECONDS = 75.0
"""How long a connection without a request stays open: a little longer than proxies use one again (nginx: 60)."""

MAX_CONNECTIONS = 500
"""How many connections there are at most; each takes a descriptor and some 20 kB."""


class Connections:
    """Accepts connections for an aiohttp server, and knows which of them are busy.

    Where one too many comes, the one that has been idle for longest makes room. It is not refused: it may be a
    platform's, while somebody holds all the others and says nothing.
    """

    def __init__(self) -> None:
        self._idle_since: dict[web.RequestHandler, float] = {}
        self._silent: set[web.RequestHandler] = set()
        descriptors, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        is_limited = descriptors != resource.RLIM_INFINITY
        self._max = min(MAX_CONNECTIONS, descriptors // 2) if is_limited else MAX_CONNECTIONS

    async def listen(self, server: web.Server, host: str, port: int) -> ListeningServer:
        """Listen for `server`; raises `OSError` where that is not possible."""
        loop = asyncio.get_running_loop()
        server.request_handler = self._noting_busy(server.request_handler)
        return await loop.create_server(lambda: self._accepted(server), host, port)

    def _noting_busy(self, handler: Answer) -> Answer:
        """Let every request be answered by `handler`, and note meanwhile that its connection is busy."""
        time = asyncio.get_running_loop().time

        async def answer(request: web.BaseRequest) -> web.StreamResponse:
            connection = request.protocol
            self._silent.discard(connection)
            self._idle_since[connection] = float("inf")
            try:
                return await handler(request)
            finally:
                self._idle_since[connection] = time()

        return answer

    def _accepted(self, server: web.Server) -> web.RequestHandler:
        loop = asyncio.get_running_loop()
        if len(self._idle_since) >= self._max:
            self._make_room(server)
        connection = server()
        self._silent.add(connection)
        self._idle_since[connection] = loop.time()
        loop.call_later(HEAD_SECONDS, self._give_up, connection)
        return connection

    def _make_room(self, server: web.Server) -> None:
        # What was accepted in this very moment is not known to the server yet.
        still_open, just_now = set(server.connections), asyncio.get_running_loop().time() - HEAD_SECONDS / 10
        self._idle_since = {
            one: since for one, since in self._idle_since.items() if one in still_open or since > just_now
        }
        if len(self._idle_since) >= self._max:
            # What is busy is behind the others, as long as any other is there.
            longest = min(self._idle_since, key=self._idle_since.__getitem__)
            del self._idle_since[longest]
            _close(longest)

    def _give_up(self, connection: web.RequestHandler) -> None:
        if connection in self._silent:
            self._silent.discard(connection)
            _close(connection)


def _close(connection: web.RequestHandler) -> None:
    if connection.transport is not None:
        connection.transport.abort()
