"""The HTTP side: Slack's requests behind a guard of our own, and what a supervisor asks. No logic lives here.

The guard answers 401 to headers that would make Bolt's own check raise: a timestamp that is no number, a signature
that is not ASCII. The body is read once, at most 1 MiB.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from bot.metrics import DELIVERY_RETRIES, exposition

SLACK_PATH = "/slack/events"
LARGEST_BODY = 1024 * 1024
SHUTDOWN_SECONDS = 5.0

RETRY_REASONS = frozenset(
    {"http_timeout", "http_error", "connection_failed", "ssl_error", "too_many_redirects", "unknown_error"}
)

Receiver = Callable[[web.Request], Awaitable[web.Response]]
Check = Callable[[], Awaitable[dict[str, bool]]]


@dataclass(frozen=True, slots=True)
class Doors:
    """What the server answers with: `slack` is absent in Socket Mode, `ready` names each check and its result."""

    slack: Receiver | None
    ready: Check
    metrics_token: str = ""


def has_plausible_headers(request: web.Request) -> bool:
    """Whether the signature headers have the form that Slack gives them; says nothing about their being right."""
    timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
    signature = request.headers.get("X-Slack-Signature", "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    return signature.isascii() and signature.startswith("v0=")


def build_http(doors: Doors) -> web.Application:
    """The aiohttp application of a bot."""
    app = web.Application(client_max_size=LARGEST_BODY)
    app.router.add_get("/healthz", _healthz)
    app.router.add_get("/readyz", _readyz(doors.ready))
    app.router.add_get("/metrics", _metrics(doors.metrics_token))
    if doors.slack is not None:
        app.router.add_post(SLACK_PATH, _guarded(doors.slack))
    return app


def _guarded(receive: Receiver) -> Receiver:
    async def guarded(request: web.Request) -> web.Response:
        if not has_plausible_headers(request):
            return web.Response(status=401, text="")
        reason = request.headers.get("X-Slack-Retry-Reason")
        if reason is not None:
            DELIVERY_RETRIES.labels(reason=reason if reason in RETRY_REASONS else "other").inc()
        try:
            return await receive(request)
        except UnicodeDecodeError:
            return web.Response(status=401, text="")

    return guarded


async def _healthz(_: web.Request) -> web.Response:
    """The process and its event loop are alive; says nothing about Slack or the database."""
    return web.json_response({"status": "ok"})


def _readyz(ready: Check) -> Receiver:
    async def readyz(_: web.Request) -> web.Response:
        checks = await ready()
        return web.json_response(
            {"status": "ok" if all(checks.values()) else "unready", "checks": checks},
            status=200 if all(checks.values()) else 503,
        )

    return readyz


def _metrics(token: str) -> Receiver:
    async def metrics(request: web.Request) -> web.Response:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        is_local = request.remote in ("127.0.0.1", "::1")
        allowed = hmac.compare_digest(given.encode(), token.encode()) if token else is_local
        if not allowed:
            return web.Response(status=401, text="")
        return web.Response(body=exposition(), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})

    return metrics


class HttpServer:
    """A listening server that can be told to stop taking requests and to finish those it has."""

    def __init__(self, app: web.Application, host: str, port: int) -> None:
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=SHUTDOWN_SECONDS)
        self._host = host
        self._port = port

    async def start(self) -> int:
        """Listen, and return the port, which differs from the one asked for when that was 0."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        addresses = self._runner.addresses
        return int(addresses[0][1])

    async def stop(self) -> None:
        """Stop listening, let running requests finish, and close."""
        await self._runner.cleanup()
