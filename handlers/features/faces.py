"""The faces of all capabilities, in the order in which people meet them."""

from __future__ import annotations

from handlers.features.alerts.face import FACE as ALERTS
from handlers.features.debrief.face import FACE as DEBRIEF
from handlers.features.evaluation.face import FACE as EVALUATION
from handlers.features.flags.face import FACE as FLAGS
from handlers.surface.face import Face

FACES: tuple[Face, ...] = (
    FLAGS,
    ALERTS,
    EVALUATION,
    DEBRIEF,
)
