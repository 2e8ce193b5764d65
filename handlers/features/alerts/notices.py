"""Who decides what is told about alerts, and who puts it into words."""

from __future__ import annotations

from bot.domain.notices import AlertCard, AlertHeldUp, AlertTaken, AlertWaits, OwnerAlerted
from bot.usecases.alerts.telling import tell_alert_card, tell_held_up, tell_owner, tell_taken, tell_waiting
from handlers.features.alerts.messages import (
    build_alert_card,
    build_held_up_alert,
    build_owner_alert,
    build_taken_alert,
    build_waiting_alert,
)
from handlers.surface.delivery import Telling, Tellings

TELLINGS: Tellings = {
    AlertCard: Telling(tell_alert_card, build_alert_card),
    OwnerAlerted: Telling(tell_owner, build_owner_alert),
    AlertHeldUp: Telling(tell_held_up, build_held_up_alert),
    AlertTaken: Telling(tell_taken, build_taken_alert),
    AlertWaits: Telling(tell_waiting, build_waiting_alert),
}
