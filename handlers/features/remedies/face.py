"""The face of trials to put things right."""

from __future__ import annotations

from handlers.features.remedies.interactions import INTERACTIONS
from handlers.features.remedies.notices import TELLINGS
from handlers.surface.face import Face

FACE = Face("remedies", INTERACTIONS, TELLINGS)
