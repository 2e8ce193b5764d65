"""Listeners of last resort: whatever nobody listens to is acknowledged, counted, and answered in words.

Without them Bolt answers 404, which Slack counts as a failed delivery, repeats, and in the end punishes by switching
events off.
"""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_bolt.response import BoltResponse

from bot.metrics import UNHANDLED
from handlers.slack.answers import answer_with_sentence, answered
from handlers.slack.front_door import FrontDoor, caller_of
from handlers.slack.gesture import surface_of

_ANYTHING = re.compile(r".*", re.DOTALL)


def register(app: AsyncApp, door: FrontDoor) -> None:
    """Bind the last listeners; everything registered after them would never be reached."""

    async def unknown_gesture(body: dict[str, Any], context: AsyncBoltContext) -> BoltResponse:
        surface = surface_of(body)
        UNHANDLED.labels(surface=surface).inc()
        speech = caller_of(context).language
        return await answer_with_sentence(
            door.client,
            body,
            speech.gettext("I don’t know this one (any more). Type /flagclient help to see what I can do."),
            title=speech.gettext("Flagclient"),
            close=speech.gettext("Close"),
        )

    async def unknown_event(body: dict[str, Any]) -> BoltResponse:
        UNHANDLED.labels(surface=surface_of(body)).inc()
        return answered()

    app.command(_ANYTHING)(unknown_gesture)
    app.action(_ANYTHING)(unknown_gesture)
    app.shortcut(_ANYTHING)(unknown_gesture)
    app.view(_ANYTHING)(unknown_gesture)
    app.view_closed(_ANYTHING)(unknown_gesture)
    app.options(_ANYTHING)(unknown_gesture)
    app.event(_ANYTHING)(unknown_event)
