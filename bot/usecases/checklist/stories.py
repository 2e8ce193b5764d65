"""What checklists do by themselves."""

from __future__ import annotations

from bot.domain.notices import DiscussionChecklist, Notice
from bot.usecases.checklist.moments import DUE
from bot.usecases.checklist.reminding import remind_of_item
from bot.usecases.checklist.waits import checklist_waits
from bot.usecases.ports import UnitOfWork
from bot.usecases.stories import Stories


def _checklist(uow: UnitOfWork, workspace_id: int, decision_id: int) -> Notice | None:
    decision = uow.decisions.find(workspace_id, decision_id)
    return DiscussionChecklist(decision.discussion_id, decision_id) if decision else None


STORIES = Stories("checklist", due={DUE: remind_of_item}, redraws={"checklist": _checklist}, waits=checklist_waits)
