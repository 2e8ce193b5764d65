"""What decisions do by themselves."""

from __future__ import annotations

from bot.domain.notices import DecisionDue, DecisionToConfirm, DiscussionDecision, Notice
from bot.usecases.decision.dates import NEXT, WAITS, date_has_come, proposal_waits
from bot.usecases.decision.waits import confirmation_waits
from bot.usecases.ports import UnitOfWork
from bot.usecases.stories import Stories


def _decision(uow: UnitOfWork, workspace_id: int, decision_id: int) -> Notice | None:
    decision = uow.decisions.find(workspace_id, decision_id)
    return DiscussionDecision(decision.discussion_id, decision_id) if decision else None


STORIES = Stories(
    "decision",
    due={NEXT: date_has_come, WAITS: proposal_waits},
    redraws={
        "decision": _decision,
        "decision_confirm": lambda _, __, *ids: DecisionToConfirm(*ids),
        "decision_due": lambda _, __, *ids: DecisionDue(*ids),
    },
    waits=confirmation_waits,
)
