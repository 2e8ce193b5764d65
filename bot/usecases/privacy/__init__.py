"""What a client or contact can ask: everything that is held about them, or that it is erased."""

from bot.usecases.privacy.subject import Subject, find_subject

__all__ = [
    "Subject",
    "find_subject",
]
