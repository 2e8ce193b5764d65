"""What alerts do by themselves."""

from __future__ import annotations

from bot.domain.notices import AlertCard, OwnerAlerted
from bot.usecases.alerts.ending import OWNER_SUBJECT, WAITS
from bot.usecases.alerts.held_up import alert_held_up
from bot.usecases.alerts.waiting import ask_again
from bot.usecases.stories import Stories

STORIES = Stories(
    "alerts",
    due={WAITS: ask_again},
    held_up={AlertCard: alert_held_up},
    redraws={
        "alert": lambda _, __, alert_id: AlertCard(alert_id),
        OWNER_SUBJECT: lambda _, __, *ids: OwnerAlerted(*ids),
    },
)
