"""Trials to put things right: starting one, and saying what came of it."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from handlers.slack.front_door import FrontDoor
from handlers.slack.remedies import ending, starting


def register(app: AsyncApp, door: FrontDoor) -> None:
    """Bind the buttons and the forms."""
    starting.register(app, door)
    ending.register(app, door)
