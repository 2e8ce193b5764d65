"""Ending an alert, which its own rules, a discussion that is over and a client that has left all do."""

from __future__ import annotations

from datetime import datetime

from bot.domain.model import Alert, AlertState
from bot.domain.notices import AlertCard, OwnerAlerted
from bot.usecases.ports import UnitOfWork

WAITS = "alert_waits"
"""The due rows that ask again about an alert nobody acted on; their subject is `<alert id>:<step>`."""

OWNER_SUBJECT = "alert_owner"
"""What the subject of the message begins with in which a client's owner hears of an alert; two ids follow."""

STEPS = (1, 2)
"""First whoever should act is asked, then the reviewers are told."""


def close_alert(uow: UnitOfWork, alert: Alert, now: datetime) -> None:
    """End an alert; its message says so, once it stands."""
    _end(uow, alert, AlertState.CLOSED, now)


def take_alert_back(uow: UnitOfWork, alert: Alert, now: datetime) -> None:
    """End an alert whose flag was taken back or changed: where nobody took it on, what was said of it goes."""
    _end(uow, alert, AlertState.TAKEN_BACK, now)
    for subject in uow.messages.subjects(alert.workspace_id, f"{OWNER_SUBJECT}:{alert.id}:"):
        person_id = int(subject.rpartition(":")[2])
        uow.outbox.put_once(alert.workspace_id, OwnerAlerted(alert.id, person_id), now)


def _end(uow: UnitOfWork, alert: Alert, state: AlertState, now: datetime) -> None:
    uow.alerts.close(alert.id, state)
    ask_no_more(uow, alert)
    uow.outbox.put_once(alert.workspace_id, AlertCard(alert.id), now, due_at=max(now, alert.post_at))


def ask_no_more(uow: UnitOfWork, alert: Alert) -> None:
    """Drop what was still to be asked about an alert."""
    for step in STEPS:
        uow.due.drop(alert.workspace_id, WAITS, f"{alert.id}:{step}")
