"""The face of debriefs."""

from __future__ import annotations

from handlers.features.debrief.interactions import INTERACTIONS
from handlers.features.debrief.notices import TELLINGS
from handlers.surface.face import Face

FACE = Face("debrief", INTERACTIONS, TELLINGS)
