"""What follows on the platform when something is erased, or when somebody comes in who must not read it."""

from __future__ import annotations

from typing import ClassVar

from bot.domain.notices.notice import Notice


class MessageRemoved(Notice, frozen=True):
    """Take the message about `subject`, such as `alert:12`, back: what it shows was erased."""

    kind: ClassVar[str] = "message_removed"
    is_urgent: ClassVar[bool] = True
    lane_name: ClassVar[str] = "message:{0.subject}"
    subject: str


class PlaceChecked(Notice, frozen=True):
    """Look who reads along in a place where messages of ours stand: they are covered, or shown again."""

    kind: ClassVar[str] = "place_checked"
    lane_name: ClassVar[str] = "place:{0.place_id}:check"
    is_urgent: ClassVar[bool] = True
    place_id: int


class MessageCovered(Notice, frozen=True):
    """Put a neutral line where the message about `subject` stands in a place, while it is covered."""

    kind: ClassVar[str] = "message_covered"
    lane_name: ClassVar[str] = "place:{0.place_id}"
    is_urgent: ClassVar[bool] = True
    place_id: int
    subject: str
