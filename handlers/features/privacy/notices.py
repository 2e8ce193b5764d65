"""Who decides what happens to messages whose subject was erased; nothing is said about them."""

from __future__ import annotations

from bot.domain.notices import MessageRemoved
from bot.usecases.privacy.telling import tell_message_removed
from handlers.surface.delivery import Telling, Tellings

TELLINGS: Tellings = {MessageRemoved: Telling(tell_message_removed)}
