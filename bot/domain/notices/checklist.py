"""What is told about following through after a letter."""

from __future__ import annotations

from typing import ClassVar

from bot.domain.notices.discussion import DiscussionStep
from bot.domain.notices.notice import Notice


class DiscussionChecklist(DiscussionStep, frozen=True):
    """Say in a discussion what is done and what is still to be done, or bring that up to date."""

    kind: ClassVar[str] = "discussion_checklist"
    decision_id: int


class ChecklistReminder(Notice, frozen=True):
    """Remind one person of what is due, all of it in one message.

    `step` 1 is for what they see to and what others do not get round to, and 0 says that something is theirs now.
    """

    kind: ClassVar[str] = "checklist_reminder"
    lane_name: ClassVar[str] = "person:{0.person_id}:checklist"
    person_id: int
    step: int
