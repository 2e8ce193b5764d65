"""The face of checklists."""

from __future__ import annotations

from handlers.features.checklist.interactions import INTERACTIONS
from handlers.features.checklist.notices import TELLINGS
from handlers.surface.face import Face

FACE = Face("checklist", INTERACTIONS, TELLINGS)
