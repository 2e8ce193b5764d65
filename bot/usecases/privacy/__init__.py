"""What a client or contact can ask: everything that is held about them, or that it is erased."""

from bot.usecases.privacy.erasing import (
    ContactErased,
    Erased,
    erase_client,
    erase_contact,
    preview_client,
    preview_contact,
)
from bot.usecases.privacy.gathering import gather
from bot.usecases.privacy.replaying import Replayed, recorded_erasures, replay_erasures
from bot.usecases.privacy.subject import Subject, find_subject

__all__ = [
    "ContactErased",
    "Erased",
    "Replayed",
    "Subject",
    "erase_client",
    "erase_contact",
    "find_subject",
    "gather",
    "preview_client",
    "preview_contact",
    "recorded_erasures",
    "replay_erasures",
]
