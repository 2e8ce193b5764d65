"""Ending an alert, which its own rules, a discussion that is over and a client that has left all do."""

from __future__ import annotations

from datetime import datetime

from bot.domain.model import Alert
from bot.domain.notices import AlertCard
from bot.usecases.ports import UnitOfWork

WAITS = "alert_waits"
"""The due rows that ask again about an alert nobody acted on; their subject is `<alert id>:<step>`."""

STEPS = (1, 2)
"""First whoever should act is asked, then the reviewers are told."""


def close_alert(uow: UnitOfWork, alert: Alert, now: datetime) -> None:
    """End an alert; its message says so, once it stands."""
    uow.alerts.close(alert.id)
    ask_no_more(uow, alert)
    uow.outbox.put_once(alert.workspace_id, AlertCard(alert.id), now, due_at=max(now, alert.post_at))


def ask_no_more(uow: UnitOfWork, alert: Alert) -> None:
    """Drop what was still to be asked about an alert."""
    for step in STEPS:
        uow.due.drop(alert.workspace_id, WAITS, f"{alert.id}:{step}")
