"""The face of what clients say after a letter."""

from __future__ import annotations

from handlers.features.pushback.interactions import INTERACTIONS
from handlers.features.pushback.notices import TELLINGS
from handlers.surface.face import Face

FACE = Face("pushback", INTERACTIONS, TELLINGS)
