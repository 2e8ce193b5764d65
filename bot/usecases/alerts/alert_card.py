"""An alert as its message shows it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.domain.errors import NotFoundError
from bot.domain.model import Alert, Standing
from bot.domain.notices import AlertCard
from bot.domain.score import weightless_before
from bot.domain.thresholds import assess, standing_of
from bot.domain.timetable import local_today
from bot.domain.visibility import may_see_dossier
from bot.usecases.actor import Actor
from bot.usecases.clients.lookup import involvement_in
from bot.usecases.ports import UnitOfWork


class AlertCardView(Struct, frozen=True):
    """Everything an alert's message shows. Figures are those the rule saw; `score` is today's. Names no reporter.

    `is_looked_after` says that the client has an owner who is still here. The owner is not named, since it can be the
    person who caused the alert, unless they took it on: then `is_taken_by_owner`. `waiting_days` are the working days
    after which it is asked about again.
    """

    alert: Alert
    client_name: str
    score: float
    standing: Standing
    is_looked_after: bool
    is_taken_by_owner: bool
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
        standing=standing_of(client.stage, client.alerted, assessment, settings.policy),
        is_looked_after=client.owner_id is not None and bool(uow.people.present([client.owner_id])),
        is_taken_by_owner=alert.taken_by_id is not None and alert.taken_by_id == client.owner_id,
        discussion_code=discussion.code if discussion else None,
        is_acted_on=uow.alerts.has_been_acted_on(alert_id),
        waiting_days=settings.policy.alert_working_days,
    )


def refuse_unless_shown(uow: UnitOfWork, actor: Actor, alert_id: int, seen_in: int | None) -> None:
    """Raise `NotFoundError` unless an alert is shown to the actor: in the place `seen_in`, or privately.

    `seen_in` is our id of where a button was clicked: the place for alerts, or where the alert's message stands.
    Privately it is shown to those who see the dossier.
    """
    alert = uow.alerts.find(actor.workspace_id, alert_id)
    client = uow.clients.find(actor.workspace_id, alert.client_id) if alert else None
    if client is None:
        raise NotFoundError
    message = uow.messages.find(actor.workspace_id, AlertCard(alert_id).lane)
    shown_in = {uow.people.workspace(actor.workspace_id).settings.alert_place, message.place_id if message else None}
    if (seen_in is None or seen_in not in shown_in) and not may_see_dossier(
        actor.person, involvement_in(uow, actor.person, client)
    ):
        raise NotFoundError
