"""Who decides what is told about lessons, and who puts it into words."""

from __future__ import annotations

from bot.domain.notices import LessonOwned, LessonReminder, LessonReview
from bot.usecases.lessons.telling import tell_owned, tell_reminder, tell_review
from handlers.features.lessons.messages import build_owned, build_reminder, build_review
from handlers.surface.delivery import Telling, Tellings

TELLINGS: Tellings = {
    LessonOwned: Telling(tell_owned, build_owned),
    LessonReminder: Telling(tell_reminder, build_reminder),
    LessonReview: Telling(tell_review, build_review),
}
