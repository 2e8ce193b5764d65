"""WebApi to Slack's Web API on the way out: paced, timed, and with one kind of error when they do not succeed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.delivery_outcome import DeliveryOutcome, PlatformDown, Reason, RetryLater
from bot.metrics import RATE_LIMITED
from handlers.slack.sending.connection_errors import CONNECTION_ERRORS
from handlers.slack.sending.errors import ONCE_ONLY, OUTAGE_PAUSE, Family, outcome_for
from handlers.slack.sending.rate_limits import RateLimiter, Turn, keys_of

CALL_SECONDS = 15.0
"""How long one call may take before it counts as unanswered."""

MIN_WAIT = timedelta(seconds=1)
MAX_WAIT = timedelta(hours=1)
_NOT_SLACK = frozenset({502, 503, 504})
"""Answers of what stands before Slack, whatever they say."""


class CallEndedError(Exception):
    """A call did not succeed: `outcome` is how the attempt ends unless the caller can mend `code`.

    The text of Slack's answer is not kept.
    """

    def __init__(self, outcome: DeliveryOutcome, code: str = "") -> None:
        super().__init__(code or type(outcome).__name__)
        self.outcome = outcome
        self.code = code


class WebApi:
    """Makes calls, each within its rate and within `CALL_SECONDS`; the parts of a workspace share one."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.monotonic = monotonic
        self._pace = RateLimiter(monotonic)

    def take_turn(self, method: str, *, channel: str = "", turn: Turn) -> None:
        """Take the turn for a call that follows; raises `CallEndedError` when it has not come yet."""
        _wait(self._pace.wait(keys_of(method, channel), turn))

    def hold_turn(self, method: str, *, channel: str = "", turn: Turn) -> None:
        """Make sure that a call would not come too early, before anything is asked that must be fresh when it is made.

        The turn is kept for `take_turn`. Raises `CallEndedError` when it has not come yet.
        """
        _wait(self._pace.hold(keys_of(method, channel)[:1], turn))

    def take_if_free(self, method: str) -> float:
        """Take the next free turn, if it is now, and return 0; otherwise the seconds until then."""
        (key,) = keys_of(method)
        return self._pace.take(key)

    async def make(
        self,
        family: Family,
        call: Callable[..., Awaitable[AsyncSlackResponse]],
        *,
        turn: Turn | None = None,
        **arguments: Any,
    ) -> dict[str, Any]:
        """Slack's answer to a method of the SDK's client; raises `CallEndedError` for everything but success.

        With `turn` the call keeps to its rate, unless its turn was taken before. While Slack has asked to leave a
        method alone nobody calls it.
        """
        method, channel = _method(call), str(arguments.get("channel", ""))
        narrowest = keys_of(method, channel)[0]
        _wait(self._pace.parked(narrowest[0]))
        if turn is not None:
            self.take_turn(method, channel=channel, turn=turn)
        try:
            async with asyncio.timeout(CALL_SECONDS):
                response = await call(**arguments)
        except CONNECTION_ERRORS as error:
            ended = ended_by(family, error)
        else:
            return _data(response.data)
        if isinstance(ended.outcome, RetryLater) and ended.outcome.reason is Reason.RATE_LIMITED:
            RATE_LIMITED.labels(method=method).inc()
            self._pace.park(narrowest, (ended.outcome.after or OUTAGE_PAUSE).total_seconds())
        raise ended


def _wait(seconds: float) -> None:
    if seconds > 0:
        raise CallEndedError(RetryLater(Reason.RATE_LIMITED, timedelta(seconds=seconds), counts=False))


def _method(call: Callable[..., Awaitable[AsyncSlackResponse]]) -> str:
    return getattr(call, "__name__", "unknown").replace("_", ".", 1)


def next_cursor(answer: Mapping[str, Any]) -> str:
    """Where the next page of a list begins; empty after the last one."""
    return str((answer.get("response_metadata") or {}).get("next_cursor") or "")


def _data(data: Any) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}


def ended_by(family: Family, error: Exception) -> CallEndedError:
    """How a call of a family ended that raised one of `CONNECTION_ERRORS`."""
    if isinstance(error, SlackApiError):
        return _refusal(family, error)
    return CallEndedError(_broken(family, error))


def _refusal(family: Family, error: SlackApiError) -> CallEndedError:
    """What Slack answered, when it was not success; the answer can be of the SDK or, when unreadable, of aiohttp."""
    response: Any = error.response
    status = int(getattr(response, "status_code", None) or getattr(response, "status", None) or 0)
    headers: Mapping[str, str] = getattr(response, "headers", None) or {}
    data = _data(getattr(response, "data", None))
    code = str(data.get("error") or "")
    if status == 429:
        after = retry_after(headers, datetime.now(UTC))
        return CallEndedError(RetryLater(Reason.RATE_LIMITED, after, counts=False), "ratelimited")
    if code and status not in _NOT_SLACK:
        return CallEndedError(outcome_for(family, code), code)
    # A page, nothing, or something broken: whatever answers there is not the Slack that takes calls.
    return CallEndedError(PlatformDown(maybe_sent=family in ONCE_ONLY))


def _broken(family: Family, error: Exception) -> DeliveryOutcome:
    """How an attempt ends when the connection failed: only one that was never made surely carried nothing."""
    never_sent = isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError)
    return PlatformDown(maybe_sent=family in ONCE_ONLY and not never_sent)


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta:
    """How long Slack asks to wait: seconds or an HTTP date; between a second and an hour, half a minute if unsaid."""
    raw = next((value for name, value in headers.items() if name.lower() == "retry-after"), "").strip()
    try:
        wait = timedelta(seconds=float(raw)) if raw else OUTAGE_PAUSE
    except (ValueError, OverflowError):
        wait = _until_date(raw, now)
    return min(max(wait, MIN_WAIT), MAX_WAIT)


def _until_date(raw: str, now: datetime) -> timedelta:
    try:
        moment = parsedate_to_datetime(raw)
    except ValueError:
        return OUTAGE_PAUSE
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
