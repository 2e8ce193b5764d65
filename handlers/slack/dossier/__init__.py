"""`/dossier`, every way that leads into a dossier or through it, and what its reader may do next."""

from __future__ import annotations

from handlers.slack.dossier import interactions, show, trail
from handlers.slack.listener_context import ListenerContext
from handlers.slack.routes import Routes


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the command and the buttons."""
    show.register(routes, door)
    interactions.register(routes, door)
    trail.register(routes, door)
