"""The faces of all capabilities, in the order in which people meet them."""

from __future__ import annotations

from handlers.features.alerts.face import FACE as ALERTS
from handlers.features.debrief.face import FACE as DEBRIEF
from handlers.features.decision.face import FACE as DECISION
from handlers.features.remedies.face import FACE as REMEDIES
from handlers.surface.face import Face

FACES: tuple[Face, ...] = (ALERTS, REMEDIES, DECISION, DEBRIEF)
