"""The face of dossiers."""

from __future__ import annotations

from handlers.features.dossier.interactions import INTERACTIONS
from handlers.surface.face import Face

FACE = Face("dossier", INTERACTIONS)
