"""An alert as its message shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.model import Alert, Standing
from bot.domain.score import weightless_before
from bot.domain.thresholds import assess, standing_of
from bot.domain.timetable import local_today
from bot.usecases.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class AlertCardView:
    """Everything an alert's message shows. Figures are those the rule saw; `score` is today's. Names no reporter.

    `is_looked_after` says that the client has an owner who is still here. The owner is not named: it can be the
    person who caused the alert. `waiting_days` are the working days after which it is asked about again.
    """

    alert: Alert
    client_name: str
    score: float
    standing: Standing
    is_looked_after: bool
    discussion_code: str | None
    is_acted_on: bool
    waiting_days: int


def read_alert(uow: UnitOfWork, workspace_id: int, alert_id: int, now: datetime) -> AlertCardView | None:
    """An alert as its message shows it at `now`; `None` when it or its client is gone."""
    alert = uow.alerts.find(workspace_id, alert_id)
    client = uow.clients.find(workspace_id, alert.client_id) if alert else None
    if alert is None or client is None:
        return None
    settings = uow.people.workspace(workspace_id).settings
    on = local_today(now, settings.zone)
    flags = uow.flags.scored(client.id, weightless_before(settings.policy, on))
    assessment = assess(flags, settings.policy, on)
    discussion = uow.discussions.open_for(client.id)
    return AlertCardView(
        alert=alert,
        client_name=client.name,
        score=assessment.score,
        standing=standing_of(client.road, client.alerted, assessment),
        is_looked_after=client.owner_id is not None and bool(uow.people.present([client.owner_id])),
        discussion_code=discussion.code if discussion else None,
        is_acted_on=uow.alerts.has_been_acted_on(alert_id),
        waiting_days=settings.policy.alert_working_days,
    )
