"""What erasing does by itself."""

from __future__ import annotations

from bot.domain.notices import MessageRemoved
from bot.usecases.privacy.erased_messages import message_taken_back
from bot.usecases.stories import Stories

STORIES = Stories(
    "privacy",
    after_delivery={MessageRemoved: message_taken_back},
)
