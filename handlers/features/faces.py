"""The faces of all capabilities, in the order in which people meet them."""

from __future__ import annotations

from handlers.features.alerts.face import FACE as ALERTS
from handlers.features.checklist.face import FACE as CHECKLIST
from handlers.features.clients.face import FACE as CLIENTS
from handlers.features.debrief.face import FACE as DEBRIEF
from handlers.features.decision.face import FACE as DECISION
from handlers.features.discussion.face import FACE as DISCUSSION
from handlers.features.dossier.face import FACE as DOSSIER
from handlers.features.evaluation.face import FACE as EVALUATION
from handlers.features.farewell.face import FACE as FAREWELL
from handlers.features.flags.face import FACE as FLAGS
from handlers.features.home.face import FACE as HOME
from handlers.features.lessons.face import FACE as LESSONS
from handlers.features.look_backs.face import FACE as LOOK_BACKS
from handlers.features.people.face import FACE as PEOPLE
from handlers.features.privacy.face import FACE as PRIVACY
from handlers.features.pushback.face import FACE as PUSHBACK
from handlers.features.remedies.face import FACE as REMEDIES
from handlers.features.returning.face import FACE as RETURNING
from handlers.surface.face import Face

FACES: tuple[Face, ...] = (
    HOME,
    FLAGS,
    DOSSIER,
    CLIENTS,
    ALERTS,
    DISCUSSION,
    EVALUATION,
    REMEDIES,
    DECISION,
    FAREWELL,
    CHECKLIST,
    PUSHBACK,
    DEBRIEF,
    LESSONS,
    LOOK_BACKS,
    RETURNING,
    PEOPLE,
    PRIVACY,
)
