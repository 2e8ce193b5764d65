"""Who decides what is told about checklists, and who puts it into words."""

from __future__ import annotations

from bot.domain.notices import ChecklistReminder, DiscussionChecklist
from bot.usecases.checklist.telling import tell_checklist, tell_reminder
from handlers.features.checklist.messages import build_progress, build_reminder
from handlers.surface.delivery import Telling, Tellings

TELLINGS: Tellings = {
    DiscussionChecklist: Telling(tell_checklist, build_progress),
    ChecklistReminder: Telling(tell_reminder, build_reminder),
}
