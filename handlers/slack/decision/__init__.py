"""Decisions: the form, a second reviewer's word, reopening, and what is asked when the date has come."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from handlers.slack.decision import deciding, following_up, proposals, reopening
from handlers.slack.front_door import FrontDoor


def register(app: AsyncApp, door: FrontDoor) -> None:
    """Bind the buttons and the forms."""
    deciding.register(app, door)
    proposals.register(app, door)
    reopening.register(app, door)
    following_up.register(app, door)
