"""Who decides what is told about alerts, and who puts it into words."""

from __future__ import annotations

from bot.domain.notices import (
    AlertCard,
    AlertHeldUp,
    AlertSpace,
    AlertSpacePeople,
    AlertTaken,
    AlertWaits,
    OwnerAlerted,
)
from bot.usecases.alerts.telling import (
    tell_alert_card,
    tell_held_up,
    tell_owner,
    tell_space,
    tell_space_people,
    tell_taken,
    tell_waiting,
)
from handlers.features.alerts.messages import (
    build_alert_card,
    build_held_up_alert,
    build_owner_alert,
    build_space_text,
    build_taken_alert,
    build_waiting_alert,
)
from handlers.surface.delivery import Telling, Tellings

TELLINGS: Tellings = {
    AlertCard: Telling(tell_alert_card, build_alert_card),
    OwnerAlerted: Telling(tell_owner, build_owner_alert),
    AlertHeldUp: Telling(tell_held_up, build_held_up_alert),
    AlertSpace: Telling(tell_space, build_space_text),
    AlertSpacePeople: Telling(tell_space_people),
    AlertTaken: Telling(tell_taken, build_taken_alert),
    AlertWaits: Telling(tell_waiting, build_waiting_alert),
}
