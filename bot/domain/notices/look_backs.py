"""What people hear about looks back."""

from __future__ import annotations

from typing import ClassVar

from bot.domain.notices.notice import Notice


class LookBackAsked(Notice, frozen=True):
    """Ask somebody to look back on a decision; `step` says how often that was done."""

    kind: ClassVar[str] = "look_back_asked"
    lane_name: ClassVar[str] = "person:{0.person_id}:look_back:{0.look_back_id}"
    look_back_id: int
    person_id: int
    step: int
