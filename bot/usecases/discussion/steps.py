"""What a discussion wants of its platform: steps in one lane, each carried out once, in order."""

from __future__ import annotations

from datetime import datetime

from bot.domain.model import Discussion, DiscussionStyle
from bot.domain.notices import (
    DiscussionDecision,
    DiscussionDescription,
    DiscussionFlag,
    DiscussionHighlight,
    DiscussionOpening,
    DiscussionPeople,
    DiscussionSpace,
    DiscussionStep,
)
from bot.usecases.ports import UnitOfWork

SAID_ON_THE_WAY = (DiscussionFlag, DiscussionDecision)
"""What is said once in a discussion, wherever it has gone in the meantime."""


def lane_of(discussion_id: int) -> str:
    """The lane of a discussion's steps, which is the subject of its living opening too."""
    return DiscussionOpening(discussion_id).lane


def put_opening_steps(uow: UnitOfWork, discussion: Discussion, now: datetime, at: datetime) -> None:
    """Put what opens a discussion in its style: a space with all that it wants, or one message to talk under."""
    steps: list[DiscussionStep] = [DiscussionOpening(discussion.id)]
    if discussion.style is DiscussionStyle.CHANNEL:
        steps = [
            DiscussionSpace(discussion.id),
            DiscussionDescription(discussion.id),
            DiscussionPeople(discussion.id),
            DiscussionOpening(discussion.id),
            DiscussionHighlight(discussion.id),
        ]
    for step in steps:
        uow.outbox.put(discussion.workspace_id, step, now, due_at=at)


def put_opening_steps_anew(uow: UnitOfWork, discussion: Discussion, now: datetime) -> None:
    """Open a discussion in another place or style; what had not come through of what is said once follows there.

    Whatever was stuck or waited for the old place is let go, as it would hold up the new one.
    """
    recalled = uow.outbox.recall(discussion.workspace_id, lane_of(discussion.id), now)
    put_opening_steps(uow, discussion, now, now)
    for notice in recalled:
        if isinstance(notice, SAID_ON_THE_WAY):
            uow.outbox.put_once(discussion.workspace_id, notice, now)
