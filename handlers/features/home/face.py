"""The face of Home."""

from __future__ import annotations

from handlers.features.home.interactions import INTERACTIONS
from handlers.surface.face import Face

FACE = Face("home", INTERACTIONS)
