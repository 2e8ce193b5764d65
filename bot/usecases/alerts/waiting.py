"""Asking again about an alert on which nobody acted."""

from __future__ import annotations

from datetime import datetime

from bot.domain.model import Alert, AlertState, Client
from bot.domain.notices import AlertWaits
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar, add_working_days, local_instant, local_today
from bot.usecases.alerts.ending import WAITS
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.outbox import DueItem


def ask_again_later(
    uow: UnitOfWork,
    settings: WorkspaceSettings,
    alert: Alert,
    step: int,
    now: datetime,
    calendar: WorkingCalendar,
) -> None:
    """Ask in the morning of a working day, as many of them from now as the policy says."""
    start = local_today(max(now, alert.post_at), settings.zone)
    day = add_working_days(start, settings.policy.alert_working_days, calendar)
    local = datetime.combine(day, settings.quiet_until)
    uow.due.put(
        alert.workspace_id,
        WAITS,
        f"{alert.id}:{step}",
        local_instant(local, settings.zone),
        local_at=local,
        zone=settings.zone,
    )


def ask_again(uow: UnitOfWork, item: DueItem, workspace: Workspace, now: datetime, calendar: WorkingCalendar) -> None:
    """Nobody acted for as many working days as the policy says: ask again; after as many more tell the reviewers.

    While the client is talked about nobody is asked: the talk is the action. It is looked at again as much later.
    """
    alert_id, step = (int(part) for part in item.subject.split(":"))
    alert = uow.alerts.find(item.workspace_id, alert_id)
    if alert is None or alert.state is not AlertState.OPEN or uow.alerts.has_been_acted_on(alert_id):
        return
    client = uow.clients.find(item.workspace_id, alert.client_id)
    if client is None:
        return
    if uow.discussions.open_for(client.id) is not None:
        ask_again_later(uow, workspace.settings, alert, step, now, calendar)
        return
    for person_id in _whom_to_ask(uow, alert, client, step):
        uow.outbox.put(item.workspace_id, AlertWaits(alert_id, person_id, step), now)
    if step == 1:
        ask_again_later(uow, workspace.settings, alert, 2, now, calendar)


def _whom_to_ask(uow: UnitOfWork, alert: Alert, client: Client, step: int) -> list[int]:
    """Who took it, or else the client's owner, whichever is still here; otherwise, and at last, the reviewers."""
    concerned = [person for person in (alert.taken_by_id, client.owner_id) if person is not None]
    present = uow.people.present(concerned)
    for person_id in concerned:
        if step == 1 and person_id in present:
            return [person_id]
    return [reviewer.id for reviewer in uow.people.reviewers(alert.workspace_id)]
