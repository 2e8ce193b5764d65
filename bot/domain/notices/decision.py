"""What people hear about a decision."""

from __future__ import annotations

from typing import ClassVar

from bot.domain.notices.discussion import DiscussionStep
from bot.domain.notices.notice import Notice


class DiscussionDecision(DiscussionStep, frozen=True):
    """Say in a discussion what is decided, or bring that up to date."""

    kind: ClassVar[str] = "discussion_decision"
    decision_id: int


class DecisionToConfirm(Notice, frozen=True):
    """Ask a reviewer privately to confirm a proposal, at first (`step` 1) and once more (2), or say it is settled."""

    kind: ClassVar[str] = "decision_to_confirm"
    decision_id: int
    person_id: int
    step: int

    @property
    def lane(self) -> str:
        return f"person:{self.person_id}:decision:{self.decision_id}"


class DecisionSettled(Notice, frozen=True):
    """Tell whoever proposed something privately that it was confirmed or declined."""

    kind: ClassVar[str] = "decision_settled"
    decision_id: int
    person_id: int

    @property
    def lane(self) -> str:
        return f"person:{self.person_id}:decision:{self.decision_id}"


class DecisionDue(Notice, frozen=True):
    """The date of a decision has come: ask the owner (`step` 1), later the reviewers (2), or say it is done."""

    kind: ClassVar[str] = "decision_due"
    decision_id: int
    person_id: int
    step: int

    @property
    def lane(self) -> str:
        return f"person:{self.person_id}:decision:{self.decision_id}"


class FlagLedTo(Notice, frozen=True):
    """Tell somebody who flagged or witnessed privately what came of it."""

    kind: ClassVar[str] = "flag_led_to"
    discussion_id: int
    person_id: int

    @property
    def lane(self) -> str:
        return f"person:{self.person_id}:discussion:{self.discussion_id}"
