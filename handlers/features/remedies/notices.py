"""Who decides what is told about trials, and who puts it into words."""

from __future__ import annotations

from bot.domain.notices import RemedyOwned, RemedyToConfirm
from bot.usecases.remedies.telling import tell_owned, tell_to_confirm
from handlers.features.remedies.messages import build_owned, build_to_confirm
from handlers.surface.delivery import Telling, Tellings

TELLINGS: Tellings = {
    RemedyOwned: Telling(tell_owned, build_owned),
    RemedyToConfirm: Telling(tell_to_confirm, build_to_confirm),
}
