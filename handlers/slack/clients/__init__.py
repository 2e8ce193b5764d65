"""A client's card as a form, and merging two clients."""

from __future__ import annotations

from handlers.slack.clients import card, merge
from handlers.slack.listener_context import ListenerContext
from handlers.slack.routes import Routes


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind everything that changes clients."""
    card.register(routes, door)
    merge.register(routes, door)
