"""The face of privacy."""

from __future__ import annotations

from handlers.features.privacy.notices import TELLINGS
from handlers.surface.face import Face

FACE = Face("privacy", tellings=TELLINGS)
