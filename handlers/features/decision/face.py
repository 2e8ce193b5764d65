"""The face of decisions."""

from __future__ import annotations

from handlers.features.decision.interactions import INTERACTIONS
from handlers.features.decision.notices import TELLINGS
from handlers.surface.face import Face

FACE = Face("decision", INTERACTIONS, TELLINGS)
