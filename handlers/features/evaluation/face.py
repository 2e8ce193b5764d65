"""The face of evaluations."""

from __future__ import annotations

from handlers.features.evaluation.interactions import INTERACTIONS
from handlers.features.evaluation.notices import TELLINGS
from handlers.surface.face import Face

FACE = Face("evaluation", INTERACTIONS, TELLINGS)
