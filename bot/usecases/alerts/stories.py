"""What alerts do by themselves."""

from __future__ import annotations

from bot.domain.notices import AlertCard
from bot.usecases.alerts.ending import WAITS
from bot.usecases.alerts.waiting import ask_again
from bot.usecases.stories import Stories

STORIES = Stories(
    "alerts",
    due={WAITS: ask_again},
    redraws={"alert": lambda _, __, alert_id: AlertCard(alert_id)},
)
