"""The face of clients."""

from __future__ import annotations

from handlers.features.clients.interactions import INTERACTIONS
from handlers.surface.face import Face

FACE = Face("clients", INTERACTIONS)
