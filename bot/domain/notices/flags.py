"""What colleagues hear about flags."""

from __future__ import annotations

from typing import ClassVar

from bot.domain.notices.notice import Notice


class FlagReceipt(Notice, frozen=True):
    """Tell a reporter privately what was recorded, where the answer to the interaction itself could not."""

    kind: ClassVar[str] = "flag_receipt"
    flag_id: int
    person_id: int

    @property
    def lane(self) -> str:
        return f"person:{self.person_id}"


class CareTask(Notice, frozen=True):
    """Ask a client's owner, privately, to check in with a colleague the same day."""

    kind: ClassVar[str] = "care_task"
    task_id: int
    person_id: int

    @property
    def lane(self) -> str:
        return f"person:{self.person_id}:task:{self.task_id}"
