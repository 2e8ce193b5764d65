"""The faces of all capabilities, in the order in which people meet them."""

from __future__ import annotations

from handlers.features.alerts.face import FACE as ALERTS
from handlers.features.debrief.face import FACE as DEBRIEF
from handlers.features.discussion.face import FACE as DISCUSSION
from handlers.features.people.face import FACE as PEOPLE
from handlers.features.privacy.face import FACE as PRIVACY
from handlers.surface.face import Face

FACES: tuple[Face, ...] = (ALERTS, DISCUSSION, DEBRIEF, PRIVACY, PEOPLE)
