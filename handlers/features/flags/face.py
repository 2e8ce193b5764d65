"""The face of flags."""

from __future__ import annotations

from handlers.features.flags.interactions import INTERACTIONS
from handlers.features.flags.notices import TELLINGS
from handlers.surface.face import Face

FACE = Face("flags", INTERACTIONS, TELLINGS)
