"""The face of looks back."""

from __future__ import annotations

from handlers.features.look_backs.interactions import INTERACTIONS
from handlers.features.look_backs.notices import TELLINGS
from handlers.surface.face import Face

FACE = Face("look_backs", INTERACTIONS, TELLINGS)
