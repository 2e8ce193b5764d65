"""An alert that cannot be posted yet, because it takes a while to know who reads along in its place."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.model import AlertState
from bot.domain.notices import AlertCard, AlertHeldUp
from bot.usecases.ports import OutboxItem, UnitOfWork

TELL_AFTER = timedelta(seconds=20)
"""A shorter wait is nothing that anybody has to hear of."""


def alert_held_up(uow: UnitOfWork, item: OutboxItem, now: datetime) -> None:
    """Reviewers hear of a new alert privately, once; the client's owner has heard of it when it was raised."""
    notice = item.notice
    if not isinstance(notice, AlertCard) or now - (item.first_sent_at or now) < TELL_AFTER:
        return
    alert = uow.alerts.find(item.workspace_id, notice.alert_id)
    if alert is None or alert.state is not AlertState.OPEN or uow.messages.find(item.workspace_id, notice.lane):
        return
    client = uow.clients.find(item.workspace_id, alert.client_id)
    if not uow.inbox.accept(item.workspace_id, f"told:held_up:{alert.id}", "", now):
        return
    for reviewer in uow.people.reviewers(item.workspace_id):
        if client is None or reviewer.id != client.owner_id:
            uow.outbox.put(item.workspace_id, AlertHeldUp(alert.id, reviewer.id), now)
