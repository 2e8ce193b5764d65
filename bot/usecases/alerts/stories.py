"""What alerts do by themselves."""

from __future__ import annotations

from bot.domain.notices import AlertCard, AlertSpace, OwnerAlerted
from bot.usecases.alerts.ending import OWNER_SUBJECT, WAITS
from bot.usecases.alerts.held_up import alert_held_up
from bot.usecases.alerts.new_space import alert_space_made
from bot.usecases.alerts.waiting import ask_again
from bot.usecases.stories import Stories

STORIES = Stories(
    "alerts",
    due={WAITS: ask_again},
    after_delivery={AlertSpace: alert_space_made},
    held_up={AlertCard: alert_held_up},
    redraws={
        "alert": lambda _, __, alert_id: AlertCard(alert_id),
        OWNER_SUBJECT: lambda _, __, *ids: OwnerAlerted(*ids),
    },
)
