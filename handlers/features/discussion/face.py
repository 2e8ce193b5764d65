"""The face of discussions."""

from __future__ import annotations

from handlers.features.discussion.interactions import INTERACTIONS
from handlers.features.discussion.notices import TELLINGS
from handlers.surface.face import Face

FACE = Face("discussion", INTERACTIONS, TELLINGS)
