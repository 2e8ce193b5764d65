"""What colleagues hear about flags."""

from __future__ import annotations

from typing import ClassVar

from bot.domain.notices.notice import Notice


class FlagReceipt(Notice, frozen=True):
    """Tell a reporter privately what was recorded, where the answer to the interaction itself could not."""

    kind: ClassVar[str] = "flag_receipt"
    lane_name: ClassVar[str] = "person:{0.person_id}"
    flag_id: int
    person_id: int


class CareTask(Notice, frozen=True):
    """Ask a client's owner, privately, to check in with a colleague the same day."""

    kind: ClassVar[str] = "care_task"
    lane_name: ClassVar[str] = "person:{0.person_id}:task:{0.task_id}"
    task_id: int
    person_id: int
