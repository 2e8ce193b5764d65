"""The face of what people hear when something went wrong."""

from __future__ import annotations

from handlers.features.people.notices import TELLINGS
from handlers.surface.face import Face

FACE = Face("people", tellings=TELLINGS)
