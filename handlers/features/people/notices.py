"""Who decides what people are told when something went wrong, and who puts it into words."""

from __future__ import annotations

from bot.domain.notices import AdminTold, AnswerLost
from bot.usecases.people.telling import tell_admin, tell_lost_answer
from handlers.features.people.messages import build_admin_notice, build_lost_answer
from handlers.surface.delivery import Telling, Tellings

TELLINGS: Tellings = {
    AdminTold: Telling(tell_admin, build_admin_notice),
    AnswerLost: Telling(tell_lost_answer, build_lost_answer),
}
