"""A client's card as a form, and merging two clients."""

from __future__ import annotations

from handlers.slack.clients import card, merge
from handlers.slack.front_door import FrontDoor
from handlers.slack.routes import Routes


def register(routes: Routes, door: FrontDoor) -> None:
    """Bind everything that changes clients."""
    card.register(routes, door)
    merge.register(routes, door)
