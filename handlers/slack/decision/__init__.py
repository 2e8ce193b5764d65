"""Decisions: the form, a second reviewer's word, reopening, and what is asked when the date has come."""

from __future__ import annotations

from handlers.slack.decision import deciding, following_up, proposals, reopening
from handlers.slack.listener_context import ListenerContext
from handlers.slack.routes import Routes


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the buttons and the forms."""
    deciding.register(routes, door)
    proposals.register(routes, door)
    reopening.register(routes, door)
    following_up.register(routes, door)
