"""The HTTP server: where the requests of platforms come in, and what a supervisor asks. No logic lives here."""

from __future__ import annotations

import errno
import hmac
from asyncio import Server as ListeningServer
from collections.abc import Awaitable, Callable, Mapping
from ipaddress import ip_address
from typing import cast

from aiohttp import web
from msgspec import Struct, field

from bot.metrics import exposition
from handlers.http_connections import KEEP_ALIVE_SECONDS, Connections

MAX_BODY_BYTES = 1024 * 1024
SHUTDOWN_SECONDS = 5.0
PROXY_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Real-IP")

Receiver = Callable[[web.Request], Awaitable[web.Response]]
Check = Callable[[], Awaitable[dict[str, bool]]]


class Doors(Struct, frozen=True):
    """What the server answers with: `posts` a POST and `pages` a GET, each at its path.

    `ready` names each check and its result. `is_local` says that the server listens on this machine alone: only then
    can a request be known to come from it, since a proxy in front need not say that it passes one on.
    """

    ready: Check
    posts: Mapping[str, Receiver] = field(default_factory=dict)
    pages: Mapping[str, Receiver] = field(default_factory=dict)
    metrics_token: str = ""
    is_local: bool = True


def build_http(doors: Doors) -> web.Application:
    """The aiohttp application of a bot."""
    app = web.Application(client_max_size=MAX_BODY_BYTES)
    app.router.add_get("/healthz", _healthz)
    app.router.add_get("/readyz", _readyz(doors.ready))
    app.router.add_get("/metrics", _metrics(doors.metrics_token, is_local=doors.is_local))
    for path, page in doors.pages.items():
        app.router.add_get(path, page)
    for path, receiver in doors.posts.items():
        app.router.add_post(path, receiver)
    return app


async def _healthz(_: web.Request) -> web.Response:
    """The process and its event loop are alive; says nothing about platforms or the database."""
    return web.json_response({"status": "ok"})


def _readyz(ready: Check) -> Receiver:
    async def readyz(_: web.Request) -> web.Response:
        checks = await ready()
        return web.json_response(
            {"status": "ok" if all(checks.values()) else "unready", "checks": checks},
            status=200 if all(checks.values()) else 503,
        )

    return readyz


def _metrics(token: str, *, is_local: bool) -> Receiver:
    async def metrics(request: web.Request) -> web.Response:
        if not (_has_token(request, token) if token else is_local and _is_from_here(request)):
            return web.Response(status=401)
        return web.Response(body=exposition(), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})

    return metrics


def _has_token(request: web.Request, token: str) -> bool:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    # A header can hold bytes that are no text.
    return scheme.lower() == "bearer" and hmac.compare_digest(given.encode("utf-8", "surrogateescape"), token.encode())


def _is_from_here(request: web.Request) -> bool:
    """Whether the request was made on this machine, and not passed on by a proxy on it."""
    if any(name in request.headers for name in PROXY_HEADERS):
        return False
    try:
        return ip_address(request.remote or "").is_loopback
    except ValueError:
        return False


def is_loopback(host: str) -> bool:
    """Whether a server that listens on `host` is reached from this machine alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class ListeningError(Exception):
    """The address cannot be listened on; the message says why and what to do."""

    def __init__(self, host: str, port: int, error: OSError) -> None:
        reason = "something else listens there" if error.errno == errno.EADDRINUSE else error.strerror
        super().__init__(f"Port {port} on {host} cannot be used: {reason}. Choose another one, such as PORT=8080.")


class HttpServer:
    """A listening server that can be told to stop taking requests and to finish those it has."""

    def __init__(self, app: web.Application, host: str, port: int) -> None:
        # A compressed body stays as it came, since nobody reads one: it could be a thousand times as large.
        self._runner = web.AppRunner(
            app,
            access_log=None,
            handle_signals=False,
            shutdown_timeout=SHUTDOWN_SECONDS,
            keepalive_timeout=KEEP_ALIVE_SECONDS,
            auto_decompress=False,
        )
        self._connections = Connections()
        self._listening: ListeningServer | None = None
        self._host = host
        self._port = port

    async def start(self) -> int:
        """Listen, and return the port, which differs from the one asked for when that was 0.

        Raises `ListeningError`.
        """
        await self._runner.setup()
        server = cast(web.Server, self._runner.server)
        try:
            self._listening = await self._connections.listen(server, self._host, self._port)
        except OSError as error:
            raise ListeningError(self._host, self._port, error) from error
        return int(self._listening.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Stop listening, let running requests finish, and close."""
        if self._listening is not None:
            self._listening.close()
        await self._runner.cleanup()
