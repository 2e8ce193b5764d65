"""Who decides what is told about clients that come back, and who puts it into words."""

from __future__ import annotations

from bot.domain.notices import FormerClientSeen
from bot.usecases.returning.telling import tell_former
from handlers.features.returning.messages import build_former_seen
from handlers.surface.delivery import Telling, Tellings

TELLINGS: Tellings = {FormerClientSeen: Telling(tell_former, build_former_seen)}
