"""Messages of ours about what was erased: they are taken back, or drawn anew."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.domain.delivery_outcome import Delivered, DeliveryOutcome, Obsolete
from bot.domain.notices import (
    MessageRemoved,
)
from bot.usecases.ports import OutboxItem, UnitOfWork


def take_back(uow: UnitOfWork, workspace_id: int, client_ids: Collection[int], now: datetime) -> int:
    """Have the messages about clients deleted, before their rows are; returns how many."""
    subjects = uow.erasure.subjects_about(client_ids)
    for subject in subjects:
        uow.outbox.put(workspace_id, MessageRemoved(subject), now)
    return len(subjects)


def message_taken_back(uow: UnitOfWork, item: OutboxItem, outcome: DeliveryOutcome, now: datetime) -> bool:
    """Where a message stood is of no use once it is gone."""
    if isinstance(item.notice, MessageRemoved) and isinstance(outcome, Delivered | Obsolete):
        uow.messages.forget(item.workspace_id, item.notice.subject)
    return False
