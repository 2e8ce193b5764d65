"""The one way into the Bolt app, whichever transport a request came by."""

from __future__ import annotations

import time

from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.log import bind_correlation
from bot.metrics import ACK_SECONDS, DELIVERY_RETRIES, UNHANDLED
from handlers.slack.ack_deadline import AckDeadline
from handlers.slack.answers import answered
from handlers.slack.gesture import surface_of

RETRY_REASONS = frozenset(
    {"http_timeout", "http_error", "connection_failed", "ssl_error", "too_many_redirects", "unknown_error", "timeout"}
)


class Dispatch:
    """Has the Bolt app answer, in time, under a correlation id, and measured."""

    def __init__(self, app: AsyncApp, deadline: AckDeadline) -> None:
        self._app = app
        self._deadline = deadline

    async def answer(self, request: AsyncBoltRequest) -> BoltResponse:
        """The answer to a request that is known to be Slack's; 500 asks Slack to repeat an event."""
        started = time.perf_counter()
        surface = surface_of(request.body)
        bind_correlation()
        for reason in request.headers.get("x-slack-retry-reason", ()):
            DELIVERY_RETRIES.labels(reason=reason if reason in RETRY_REASONS else "other").inc()
        response = await self._deadline.meet(self._app.async_dispatch(request), request.body)
        ACK_SECONDS.labels(surface=surface).observe(time.perf_counter() - started)
        if response.status == 404:
            # Slack would take it for a failed delivery, repeat it, and in the end switch events off.
            UNHANDLED.labels(surface=surface).inc()
            return answered()
        return response

    async def drain(self, seconds: float) -> None:
        """Give what was answered early and is still being worked on up to `seconds` to end."""
        await self._deadline.drain(seconds)
