"""The stories of all capabilities that do something by themselves, and what they come to together."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.notices import Notice
from bot.usecases.alerts.stories import STORIES as ALERTS
from bot.usecases.checklist.stories import STORIES as CHECKLIST
from bot.usecases.debrief.stories import STORIES as DEBRIEF
from bot.usecases.decision.stories import STORIES as DECISION
from bot.usecases.discussion.stories import STORIES as DISCUSSION
from bot.usecases.due import DueHandler
from bot.usecases.evaluation.stories import STORIES as EVALUATION
from bot.usecases.farewell.stories import STORIES as FAREWELL
from bot.usecases.flags.stories import STORIES as FLAGS
from bot.usecases.lessons.stories import STORIES as LESSONS
from bot.usecases.look_backs.stories import STORIES as LOOK_BACKS
from bot.usecases.privacy.stories import STORIES as PRIVACY
from bot.usecases.pushback.stories import STORIES as PUSHBACK
from bot.usecases.remedies.stories import STORIES as REMEDIES
from bot.usecases.returning.stories import STORIES as RETURNING
from bot.usecases.stories import AfterDelivery, HeldUp, Redraw, Stories

ALL_STORIES: tuple[Stories, ...] = (
    FLAGS,
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
    PRIVACY,
)

DUE: Mapping[str, DueHandler] = {kind: do for stories in ALL_STORIES for kind, do in stories.due.items()}
"""Everything that is done when a moment comes."""

AFTER_DELIVERY: Mapping[type[Notice], AfterDelivery] = {
    notice: do for stories in ALL_STORIES for notice, do in stories.after_delivery.items()
}
"""Everything that follows the end of a delivery."""

HELD_UP: Mapping[type[Notice], HeldUp] = {
    notice: do for stories in ALL_STORIES for notice, do in stories.held_up.items()
}
"""Everything that is done while a notice waits until it is known who would read it."""

SHARED_FILES: Mapping[str, Redraw] = {
    prefix: do for stories in ALL_STORIES for prefix, do in stories.shared_files.items()
}
"""Everything that shares a file anew, by what the subject of its message begins with."""

REDRAWS: Mapping[str, Redraw] = {prefix: do for stories in ALL_STORIES for prefix, do in stories.redraws.items()}
"""Everything that brings a message up to date, by what its subject begins with."""
