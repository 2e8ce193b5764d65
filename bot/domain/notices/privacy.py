"""What follows on the platform when something is erased."""

from __future__ import annotations

from typing import ClassVar

from bot.domain.notices.notice import Notice


class MessageRemoved(Notice, frozen=True):
    """Take the message about `subject`, such as `alert:12`, back: what it shows was erased."""

    kind: ClassVar[str] = "message_removed"
    is_urgent: ClassVar[bool] = True
    lane_name: ClassVar[str] = "message:{0.subject}"
    subject: str
