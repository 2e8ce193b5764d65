"""Messages of ours about what was erased: they are taken back, or drawn anew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from bot.domain.delivery_outcome import Delivered, DeliveryOutcome, Obsolete
from bot.domain.notices import (
    AlertCard,
    CareTask,
    DebriefAnnouncement,
    DecisionDue,
    DecisionToConfirm,
    DiscussionDecision,
    DiscussionOpening,
    FlagReceipt,
    MessageRemoved,
    Notice,
)
from bot.usecases.after_delivery import AfterDelivery
from bot.usecases.outbox_delivery import SAID
from bot.usecases.ports import OutboxItem, UnitOfWork


def take_back(uow: UnitOfWork, workspace_id: int, client_ids: Collection[int], now: datetime) -> int:
    """Have the messages about clients deleted, before their rows are; returns how many."""
    subjects = uow.erasure.subjects_about(client_ids)
    for subject in subjects:
        uow.outbox.put(workspace_id, MessageRemoved(subject), now)
    return len(subjects)


def draw_anew(uow: UnitOfWork, workspace_id: int, client_ids: Collection[int], now: datetime) -> None:
    """Have the messages about clients brought up to date where they stand; what was said once stays as it is."""
    for subject in uow.erasure.subjects_about(client_ids):
        prefix, *numbers = subject.split(":")
        if SAID in numbers:
            continue
        notice = REDRAWN[prefix](uow, workspace_id, *map(int, numbers))
        if notice is not None:
            uow.outbox.put_once(workspace_id, notice, now)


def _care(uow: UnitOfWork, workspace_id: int, task_id: int) -> Notice | None:
    task = uow.flags.task(workspace_id, task_id)
    return CareTask(task_id, task.assignee_id) if task else None


def _receipt(uow: UnitOfWork, workspace_id: int, flag_id: int) -> Notice | None:
    flag = uow.flags.find(workspace_id, flag_id)
    return FlagReceipt(flag_id, flag.reporter_id) if flag else None


def _decision(uow: UnitOfWork, workspace_id: int, decision_id: int) -> Notice | None:
    decision = uow.decisions.find(workspace_id, decision_id)
    return DiscussionDecision(decision.discussion_id, decision_id) if decision else None


REDRAWN: Mapping[str, Callable[..., Notice | None]] = {
    "alert": lambda _, __, alert_id: AlertCard(alert_id),
    "care": _care,
    "debrief": lambda _, __, debrief_id: DebriefAnnouncement(debrief_id),
    "decision": _decision,
    "decision_confirm": lambda _, __, *numbers: DecisionToConfirm(*numbers),
    "decision_due": lambda _, __, *numbers: DecisionDue(*numbers),
    "discussion": lambda _, __, discussion_id: DiscussionOpening(discussion_id),
    "flag_receipt": _receipt,
}
"""What draws a message anew, by what its subject begins with."""


def message_taken_back(uow: UnitOfWork, item: OutboxItem, outcome: DeliveryOutcome, now: datetime) -> bool:
    """Where a message stood is of no use once it is gone."""
    if isinstance(item.notice, MessageRemoved) and isinstance(outcome, Delivered | Obsolete):
        uow.messages.forget(item.workspace_id, item.notice.subject)
    return False


AFTER_DELIVERY: Mapping[type[Notice], AfterDelivery] = {MessageRemoved: message_taken_back}
"""What this adds to the end of deliveries."""
