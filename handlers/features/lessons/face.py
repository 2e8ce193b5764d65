"""The face of lessons."""

from __future__ import annotations

from handlers.features.lessons.interactions import INTERACTIONS
from handlers.features.lessons.notices import TELLINGS
from handlers.surface.face import Face

FACE = Face("lessons", INTERACTIONS, TELLINGS)
