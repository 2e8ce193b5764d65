"""`/dossier`, every way that leads into a dossier or through it, and what its reader may do next."""

from __future__ import annotations

from handlers.slack.dossier import gestures, show, trail
from handlers.slack.front_door import FrontDoor
from handlers.slack.routes import Routes


def register(routes: Routes, door: FrontDoor) -> None:
    """Bind the command and the buttons."""
    show.register(routes, door)
    gestures.register(routes, door)
    trail.register(routes, door)
