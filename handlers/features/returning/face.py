"""The face of clients that come back."""

from __future__ import annotations

from handlers.features.returning.interactions import INTERACTIONS
from handlers.features.returning.notices import TELLINGS
from handlers.surface.face import Face

FACE = Face("returning", INTERACTIONS, TELLINGS)
