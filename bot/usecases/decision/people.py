"""Who confirms a proposal, and where a decision shows."""

from __future__ import annotations

from datetime import datetime

from bot.domain.decision import Decision, DecisionState
from bot.domain.notices import (
    DecisionSettled,
    DecisionToConfirm,
    DiscussionDecision,
    DiscussionOpening,
)
from bot.usecases.ports import UnitOfWork

ASKED = (1, 2)
"""Who can confirm is asked at once, and once more when nobody did for some days."""


def confirmers(uow: UnitOfWork, decision: Decision) -> list[int]:
    """The reviewers who are here and did not propose it; whoever proposed it only where there is nobody else."""
    reviewers = [reviewer.id for reviewer in uow.people.reviewers(decision.workspace_id)]
    others = [person_id for person_id in reviewers if person_id != decision.made_by_id]
    return others or reviewers


def show_decision(uow: UnitOfWork, decision: Decision, now: datetime) -> None:
    """Let the discussion say what is decided, or what became of that, and the overview show it."""
    workspace_id = decision.workspace_id
    uow.outbox.put_once(workspace_id, DiscussionDecision(decision.discussion_id, decision.id), now)
    uow.outbox.put_once(workspace_id, DiscussionOpening(decision.discussion_id), now)


def tell_settled(uow: UnitOfWork, decision: Decision, now: datetime) -> None:
    """A proposal was settled: what asked for a word says so; whoever proposed it hears what others did with it."""
    for reviewer in uow.people.reviewers(decision.workspace_id):
        for step in ASKED:
            uow.outbox.put_once(decision.workspace_id, DecisionToConfirm(decision.id, reviewer.id, step), now)
    is_by_maker = decision.declined_by_id == decision.made_by_id or (
        decision.state is DecisionState.TAKEN and decision.confirmed_by_id is None
    )
    if not is_by_maker and uow.people.present([decision.made_by_id]):
        uow.outbox.put_once(decision.workspace_id, DecisionSettled(decision.id, decision.made_by_id), now)
