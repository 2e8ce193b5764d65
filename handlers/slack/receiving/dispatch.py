"""The one way in, whichever transport a request came by and whichever workspace it is for."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Mapping
from functools import cache
from typing import Any

from prometheus_client import Histogram
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.log import bind_correlation, log
from bot.metrics import ACK_SECONDS, DELIVERY_RETRIES, EVENTS_WITHHELD, UNHANDLED
from handlers.slack.receiving.ack_deadline import AckDeadline
from handlers.slack.receiving.answers import answered
from handlers.slack.receiving.payloads import Payload, payload_in
from handlers.slack.receiving.routes import PAYLOAD

RETRY_REASONS = frozenset(
    {"http_timeout", "http_error", "connection_failed", "ssl_error", "too_many_redirects", "unknown_error", "timeout"}
)

Answering = Callable[[AsyncBoltRequest, Payload], Coroutine[Any, Any, BoltResponse]]
"""How a Bolt app answers a request."""

HANDSHAKE = "url_verification"
"""With this Slack makes sure that a request URL is ours."""


class Dispatch:
    """Has a request answered, in time, under a correlation id, and measured.

    `withheld` hears of the workspace, by Slack's id, from which Slack holds events back: there are too many.
    """

    def __init__(self, answering: Answering, deadline: AckDeadline, withheld: Callable[[str], None]) -> None:
        self._answering = answering
        self._withheld = withheld
        self.deadline = deadline

    async def answer(self, request: AsyncBoltRequest) -> BoltResponse:
        """The answer to a request that is known to be Slack's; 500 asks Slack to repeat an event.

        What nobody knows is acknowledged: Slack would take anything else for a failed delivery, repeat it, and in the
        end switch events off.
        """
        started = time.perf_counter()
        bind_correlation()
        if request.body.get("type") == HANDSHAKE:
            return answered({"challenge": request.body.get("challenge")})
        payload = payload_in(request.body)
        if payload is None:
            return self._unhandled(request.body)
        request.context[PAYLOAD] = payload
        # Over Socket Mode a first delivery has a reason as well, which is empty.
        for reason in filter(None, request.headers.get("x-slack-retry-reason", ())):
            DELIVERY_RETRIES.labels(reason=reason if reason in RETRY_REASONS else "other").inc()
        response = await self.deadline.meet(self._answering(request, payload), payload)
        _clock(payload.interaction_type).observe(time.perf_counter() - started)
        return response

    def _unhandled(self, body: Mapping[str, Any]) -> BoltResponse:
        if body.get("type") == "app_rate_limited":
            EVENTS_WITHHELD.inc()
            log.warning("events_withheld")
            self._withheld(str(body.get("team_id") or ""))
        else:
            UNHANDLED.labels(interaction_type="unknown").inc()
        return answered()

    async def drain(self, seconds: float) -> None:
        """Give what was answered early and is still being worked on up to `seconds` to end."""
        await self.deadline.drain(seconds)


@cache
def _clock(kind: str) -> Histogram:
    """The figures of one kind of interaction, of which there are few: finding them by their label takes longer."""
    return ACK_SECONDS.labels(interaction_type=kind)
