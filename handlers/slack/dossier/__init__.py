"""`/dossier`, every way that leads into a dossier or through it, and what its reader may do next."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from handlers.slack.dossier import gestures, show, trail
from handlers.slack.front_door import FrontDoor


def register(app: AsyncApp, door: FrontDoor) -> None:
    """Bind the command and the buttons."""
    show.register(app, door)
    gestures.register(app, door)
    trail.register(app, door)
