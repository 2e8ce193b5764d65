"""Who decides what is told about debriefs, and who puts it into words."""

from __future__ import annotations

from bot.domain.notices import DebriefAnnouncement, DebriefCalendar, DebriefReminder
from bot.usecases.debrief.telling import tell_announcement, tell_calendar, tell_reminder
from handlers.features.debrief.messages import build_announcement, build_calendar_file, build_reminder
from handlers.surface.delivery import Telling, Tellings

TELLINGS: Tellings = {
    DebriefAnnouncement: Telling(tell_announcement, build_announcement),
    DebriefCalendar: Telling(tell_calendar, build_calendar_file),
    DebriefReminder: Telling(tell_reminder, build_reminder),
}
