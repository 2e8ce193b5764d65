"""Who decides what is told about debriefs, and who puts it into words."""

from __future__ import annotations

from bot.domain.notices import (
    DebriefAgenda,
    DebriefAnnouncement,
    DebriefBegins,
    DebriefCalendar,
    DebriefNudge,
    DebriefReminder,
    DebriefSummary,
)
from bot.usecases.debrief.telling import (
    tell_agenda,
    tell_announcement,
    tell_begins,
    tell_calendar,
    tell_nudge,
    tell_reminder,
    tell_summary,
)
from handlers.features.debrief.agenda import build_agenda
from handlers.features.debrief.messages import (
    build_announcement,
    build_begins,
    build_calendar_file,
    build_nudge,
    build_reminder,
)
from handlers.features.debrief.summary import build_summary
from handlers.surface.delivery import Telling, Tellings

TELLINGS: Tellings = {
    DebriefAnnouncement: Telling(tell_announcement, build_announcement),
    DebriefCalendar: Telling(tell_calendar, build_calendar_file),
    DebriefReminder: Telling(tell_reminder, build_reminder),
    DebriefAgenda: Telling(tell_agenda, build_agenda),
    DebriefNudge: Telling(tell_nudge, build_nudge),
    DebriefBegins: Telling(tell_begins, build_begins),
    DebriefSummary: Telling(tell_summary, build_summary),
}
