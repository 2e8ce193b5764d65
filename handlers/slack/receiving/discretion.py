"""Refusals that name clients, kept off screens that others may look on."""

from __future__ import annotations

from bot.domain.errors import (
    ClientAmbiguousError,
    ClientLeftAlreadyError,
    ClientUnknownError,
    DateExpectedError,
    NamesWithheldError,
)
from handlers.slack.receiving.payloads import Payload
from handlers.slack.workspaces.audience import AudienceReader

NAMING = (ClientAmbiguousError, ClientLeftAlreadyError, ClientUnknownError, DateExpectedError)
"""Refusals whose sentence holds the name of a client, or what somebody took for one."""


async def discreet(error: Exception, payload: Payload, audience: AudienceReader, workspace_id: int) -> Exception:
    """The refusal to answer an interaction with: `error`, or `NamesWithheldError` where it would name a
    client on a screen that others may look on."""
    screen = payload.screen
    if not isinstance(error, NAMING) or screen is None or await audience.is_safe_here(workspace_id, screen):
        return error
    return NamesWithheldError()
