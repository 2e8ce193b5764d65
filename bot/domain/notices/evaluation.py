"""What people hear while views are asked."""

from __future__ import annotations

from typing import ClassVar

from bot.domain.notices.notice import Notice


class EvaluationNews(Notice, frozen=True):
    """Say in a discussion that views are `shown`, or `early`, asked `again`, or that the deadline was `moved`."""

    kind: ClassVar[str] = "evaluation_news"
    lane_name: ClassVar[str] = "discussion:{0.discussion_id}:news"
    discussion_id: int
    round: int
    news: str


class EvaluationAsked(Notice, frozen=True):
    """Ask somebody privately for their view who was asked into an open discussion by name."""

    kind: ClassVar[str] = "evaluation_asked"
    lane_name: ClassVar[str] = "person:{0.person_id}:evaluation:{0.discussion_id}"
    discussion_id: int
    person_id: int


class EvaluationReminder(Notice, frozen=True):
    """Remind somebody privately who has not answered; `step` is 1 days before the deadline, 2 on its day."""

    kind: ClassVar[str] = "evaluation_reminder"
    lane_name: ClassVar[str] = "person:{0.person_id}:evaluation:{0.discussion_id}"
    discussion_id: int
    round: int
    person_id: int
    step: int


class EvaluationShort(Notice, frozen=True):
    """Tell a reviewer privately that too few people have a view; `step` is 1 when the deadline moved, 2 at the end."""

    kind: ClassVar[str] = "evaluation_short"
    lane_name: ClassVar[str] = "person:{0.person_id}:evaluation:{0.discussion_id}"
    discussion_id: int
    round: int
    person_id: int
    step: int
