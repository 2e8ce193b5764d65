"""The face of the farewell."""

from __future__ import annotations

from handlers.features.farewell.letter_interactions import INTERACTIONS
from handlers.features.farewell.notices import TELLINGS
from handlers.surface.face import Face

FACE = Face("farewell", INTERACTIONS, TELLINGS)
