"""Refusals that name clients, kept off screens that others may look on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.errors import (
    ClientAmbiguousError,
    ClientLeftAlreadyError,
    ClientUnknownError,
    DateExpectedError,
    NamesWithheldError,
)
from handlers.slack.audience import AudienceReader

NAMING = (ClientAmbiguousError, ClientLeftAlreadyError, ClientUnknownError, DateExpectedError)
"""Refusals whose sentence holds the name of a client, or what somebody took for one."""


async def discreet(error: Exception, body: Mapping[str, Any], audience: AudienceReader, workspace_id: int) -> Exception:
    """The refusal to answer the interaction in `body` with: `error`, or `NamesWithheldError` where it would name a
    client on a screen that others may look on."""
    screen = _screen_of(body)
    if not isinstance(error, NAMING) or screen is None or await audience.is_safe_here(workspace_id, screen):
        return error
    return NamesWithheldError()


def _screen_of(body: Mapping[str, Any]) -> str | None:
    """The conversation on whose screen the answer to an interaction is read; `None` where it is read in a window."""
    if "command" in body:
        return str(body["channel_id"])
    channel = body.get("channel")
    return str(channel["id"]) if isinstance(channel, Mapping) and not body.get("view") else None
