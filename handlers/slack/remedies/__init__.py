"""Trials to put things right: starting one, and saying what came of it."""

from __future__ import annotations

from handlers.slack.listener_context import ListenerContext
from handlers.slack.remedies import ending, starting
from handlers.slack.routes import Routes


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the buttons and the forms."""
    starting.register(routes, door)
    ending.register(routes, door)
