"""What is told about what a client says after a letter."""

from __future__ import annotations

from typing import ClassVar

from bot.domain.notices.notice import Notice


class PushbackNoted(Notice, frozen=True):
    """Tell somebody privately that a client said something that has to be seen to, or ask again shortly before its day.

    `step` is 1 at once, and 2 a week before the day by which it has to be answered.
    """

    kind: ClassVar[str] = "pushback_noted"
    lane_name: ClassVar[str] = "person:{0.person_id}:pushback:{0.pushback_id}"
    is_urgent: ClassVar[bool] = True
    pushback_id: int
    person_id: int
    step: int
