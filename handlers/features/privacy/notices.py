"""Who decides what happens to messages that were erased or are covered, and who puts the neutral line into words."""

from __future__ import annotations

from bot.domain.notices import MessageCovered, MessageRemoved, PlaceChecked
from bot.usecases.privacy.telling import tell_message_covered, tell_message_removed, tell_place_checked
from handlers.features.privacy.messages import build_covered
from handlers.surface.delivery import Telling, Tellings

TELLINGS: Tellings = {
    MessageRemoved: Telling(tell_message_removed),
    PlaceChecked: Telling(tell_place_checked),
    MessageCovered: Telling(tell_message_covered, build_covered),
}
