"""Requests as Bolt takes them, from what a transport has parsed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slack_bolt.request.async_request import AsyncBoltRequest

from bot.metrics import UNHANDLED

UNREADABLE = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
"""What parsing raises for a body that is not of the shape that Slack sends."""


def request_in(body: Mapping[str, Any], headers: Mapping[str, str | Sequence[str]] | None) -> AsyncBoltRequest | None:
    """The request; `None` where Bolt cannot tell whom it is from, since it is nothing that Slack sends.

    The mode tells Bolt that nothing is left to be parsed. Its own parser takes any body in which the word "payload"
    stands for a form, and would lose a command whose text has it.
    """
    try:
        return AsyncBoltRequest(body=dict(body), headers=dict(headers or {}), mode="socket_mode") if body else None
    except UNREADABLE:
        return None


def count_unreadable() -> None:
    """Note that something was acknowledged unread: Slack did send it, and hearing it again would not help."""
    UNHANDLED.labels(interaction_type="unknown").inc()
