"""The face of alerts."""

from __future__ import annotations

from handlers.features.alerts.interactions import INTERACTIONS
from handlers.features.alerts.notices import TELLINGS
from handlers.surface.face import Face

FACE = Face("alerts", INTERACTIONS, TELLINGS)
