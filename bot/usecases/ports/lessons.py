"""Lessons."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from bot.domain.lessons import ComeBack, Helped, Lesson, LessonDraft, LessonState


class LessonRepository(Protocol):
    """What a team changes after a client has left."""

    def add(
        self,
        workspace_id: int,
        client_id: int,
        debrief_id: int,
        draft: LessonDraft,
        category: str,
        *,
        added_by_id: int,
        now: datetime,
    ) -> Lesson:
        """Keep a lesson that was checked; raises `ValueError` for one that was not."""
        ...

    def find(self, workspace_id: int, lesson_id: int) -> Lesson | None: ...
    def of_debrief(self, debrief_id: int) -> list[Lesson]: ...
    def of_client(self, client_id: int) -> list[Lesson]: ...
    def owned_by(self, person_id: int) -> list[Lesson]:
        """The open lessons of a person."""
        ...

    def settle(self, lesson_id: int, state: LessonState, because: str, settled_by_id: int, now: datetime) -> bool:
        """End an open lesson as done or dropped; false when it was settled already."""
        ...

    def put_off(self, lesson_id: int, due_on: date) -> bool:
        """Give an open lesson another day; false when it was settled already."""
        ...

    def hand_over(self, lesson_id: int, owner_id: int) -> bool: ...
    def review(self, lesson_id: int, helped: Helped, note: str, reviewed_by_id: int, now: datetime) -> bool:
        """Keep whether a lesson helped; false when that was said already."""
        ...

    def come_back(self, workspace_id: int, category: str, since: datetime) -> ComeBack:
        """How many clients came after an instant, and how many of them have an open flag of a category."""
        ...
