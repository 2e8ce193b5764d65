"""Who decides what is told while views are asked, and who puts it into words."""

from __future__ import annotations

from bot.domain.notices import EvaluationAsked, EvaluationNews, EvaluationReminder, EvaluationShort
from bot.usecases.evaluation.telling import tell_asked, tell_news, tell_reminder, tell_short
from handlers.features.evaluation.messages import build_asked, build_news, build_reminder, build_too_few
from handlers.surface.delivery import Telling, Tellings

TELLINGS: Tellings = {
    EvaluationNews: Telling(tell_news, build_news),
    EvaluationAsked: Telling(tell_asked, build_asked),
    EvaluationReminder: Telling(tell_reminder, build_reminder),
    EvaluationShort: Telling(tell_short, build_too_few),
}
