"""What people hear about trials to put things right."""

from __future__ import annotations

from typing import ClassVar

from bot.domain.notices.notice import Notice


class RemedyOwned(Notice, frozen=True):
    """Tell somebody privately that a trial to put things right is theirs."""

    kind: ClassVar[str] = "remedy_owned"
    lane_name: ClassVar[str] = "person:{0.person_id}"
    remedy_id: int
    person_id: int


class RemedyToConfirm(Notice, frozen=True):
    """Ask somebody privately what came of a trial; `step` 1 asks its owner, 2 asks again, 3 tells the reviewers."""

    kind: ClassVar[str] = "remedy_to_confirm"
    lane_name: ClassVar[str] = "person:{0.person_id}"
    remedy_id: int
    person_id: int
    step: int
