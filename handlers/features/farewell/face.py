"""The face of the farewell."""

from __future__ import annotations

from handlers.features.farewell.interactions import INTERACTIONS
from handlers.surface.face import Face

FACE = Face("farewell", INTERACTIONS)
