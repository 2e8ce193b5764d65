"""A client's card as a form, and merging two clients."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from handlers.slack.clients import card, merge
from handlers.slack.front_door import FrontDoor


def register(app: AsyncApp, door: FrontDoor) -> None:
    """Bind everything that changes clients."""
    card.register(app, door)
    merge.register(app, door)
