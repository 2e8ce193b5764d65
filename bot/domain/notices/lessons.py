"""What people hear about lessons."""

from __future__ import annotations

from typing import ClassVar

from bot.domain.notices.notice import Notice


class LessonOwned(Notice, frozen=True):
    """Tell somebody that a lesson is theirs to put into practice."""

    kind: ClassVar[str] = "lesson_owned"
    lane_name: ClassVar[str] = "person:{0.person_id}"
    lesson_id: int
    person_id: int


class LessonReminder(Notice, frozen=True):
    """Remind somebody of a lesson whose day has come."""

    kind: ClassVar[str] = "lesson_reminder"
    lane_name: ClassVar[str] = "person:{0.person_id}:lesson:{0.lesson_id}"
    lesson_id: int
    person_id: int


class LessonReview(Notice, frozen=True):
    """Ask somebody whether a lesson helped, ninety days on; `step` says how often that was done."""

    kind: ClassVar[str] = "lesson_review"
    lane_name: ClassVar[str] = "person:{0.person_id}:lesson:{0.lesson_id}"
    lesson_id: int
    person_id: int
    step: int
