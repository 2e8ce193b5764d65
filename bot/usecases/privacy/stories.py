"""What erasing and covering do by themselves."""

from __future__ import annotations

from bot.domain.notices import MessageCovered, MessageRemoved, PlaceChecked
from bot.usecases.privacy.covering import message_covered, place_checked
from bot.usecases.privacy.erased_messages import message_taken_back
from bot.usecases.stories import Stories

STORIES = Stories(
    "privacy",
    after_delivery={
        MessageRemoved: message_taken_back,
        PlaceChecked: place_checked,
        MessageCovered: message_covered,
    },
)
