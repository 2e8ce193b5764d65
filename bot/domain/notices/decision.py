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
    lane_name: ClassVar[str] = "person:{0.person_id}:decision:{0.decision_id}"
    decision_id: int
    person_id: int
    step: int


class DecisionSettled(Notice, frozen=True):
    """Tell whoever proposed something privately that it was confirmed or declined."""

    kind: ClassVar[str] = "decision_settled"
    lane_name: ClassVar[str] = "person:{0.person_id}:decision:{0.decision_id}"
    decision_id: int
    person_id: int


class DecisionDue(Notice, frozen=True):
    """The date of a decision has come: ask the owner (`step` 1), later the reviewers (2), or say it is done."""

    kind: ClassVar[str] = "decision_due"
    lane_name: ClassVar[str] = "person:{0.person_id}:decision:{0.decision_id}"
    decision_id: int
    person_id: int
    step: int


class FlagLedTo(Notice, frozen=True):
    """Tell somebody who flagged or witnessed privately what came of it."""

    kind: ClassVar[str] = "flag_led_to"
    lane_name: ClassVar[str] = "person:{0.person_id}:discussion:{0.discussion_id}"
    discussion_id: int
    person_id: int
