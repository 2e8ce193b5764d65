"""What follows on the platform when something is erased."""

from __future__ import annotations

from typing import ClassVar

from bot.domain.notices.notice import Notice


class MessageRemoved(Notice, frozen=True):
    """Take the message about `subject`, such as `alert:12`, back: what it shows was erased."""

    kind: ClassVar[str] = "message_removed"
    subject: str

    @property
    def lane(self) -> str:
        return f"message:{self.subject}"
