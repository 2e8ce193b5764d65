"""What debriefs do by themselves."""

from __future__ import annotations

from bot.domain.notices import DebriefAnnouncement
from bot.usecases.debrief.planning import calendar_anew
from bot.usecases.debrief.reminding import MOMENTS, remind
from bot.usecases.stories import Stories

STORIES = Stories(
    "debrief",
    due=dict.fromkeys(MOMENTS, remind),
    shared_files={"debrief": calendar_anew},
    redraws={"debrief": lambda _, __, debrief_id: DebriefAnnouncement(debrief_id)},
)
