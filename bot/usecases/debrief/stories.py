"""What debriefs do by themselves."""

from __future__ import annotations

from bot.domain.notices import DebriefAgenda, DebriefAnnouncement, DebriefSummary
from bot.usecases.debrief.due_moments import AGENDA, ASKS_AGAIN, BEGINS, CLOSES, REMINDS
from bot.usecases.debrief.planning import calendar_anew
from bot.usecases.debrief.reminding import ask_again, begin, close_by_itself, remind, send_agenda
from bot.usecases.debrief.waits import debrief_waits
from bot.usecases.stories import Stories

STORIES = Stories(
    "debrief",
    due={
        AGENDA: send_agenda,
        **dict.fromkeys(REMINDS, remind),
        BEGINS: begin,
        ASKS_AGAIN: ask_again,
        CLOSES: close_by_itself,
    },
    waits=debrief_waits,
    shared_files={"debrief": calendar_anew},
    redraws={
        "debrief": lambda _, __, debrief_id: DebriefAnnouncement(debrief_id),
        "debrief_agenda": lambda _, __, debrief_id: DebriefAgenda(debrief_id),
        "debrief_summary": lambda _, __, debrief_id: DebriefSummary(debrief_id),
    },
)
