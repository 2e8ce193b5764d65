"""Trials to put things right: starting one, and saying what came of it."""

from __future__ import annotations

from handlers.slack.front_door import FrontDoor
from handlers.slack.remedies import ending, starting
from handlers.slack.routes import Routes


def register(routes: Routes, door: FrontDoor) -> None:
    """Bind the buttons and the forms."""
    starting.register(routes, door)
    ending.register(routes, door)
