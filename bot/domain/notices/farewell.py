"""What is told about letters to a client; none of it says what stands in one."""

from __future__ import annotations

from typing import ClassVar

from bot.domain.notices.discussion import DiscussionStep
from bot.domain.notices.notice import Notice


class DiscussionLetter(DiscussionStep, frozen=True):
    """Say in a discussion how its letter stands, or bring that up to date."""

    kind: ClassVar[str] = "discussion_letter"
    letter_id: int


class LetterFile(DiscussionStep, frozen=True):
    """Share version `version` of a letter as a Word file in its discussion, as somebody asked who may read it."""

    kind: ClassVar[str] = "letter_file"
    letter_id: int
    version: int
    person_id: int


class LetterToApprove(Notice, frozen=True):
    """Ask a reviewer privately to read a letter and approve it, or say that this is settled."""

    kind: ClassVar[str] = "letter_to_approve"
    lane_name: ClassVar[str] = "person:{0.person_id}:letter:{0.letter_id}"
    letter_id: int
    person_id: int


class LetterSettled(Notice, frozen=True):
    """Tell whoever wrote a letter privately that it was approved, sent back, or may go without waiting."""

    kind: ClassVar[str] = "letter_settled"
    lane_name: ClassVar[str] = "person:{0.person_id}:letter:{0.letter_id}"
    letter_id: int
    person_id: int
