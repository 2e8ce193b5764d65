"""When the team looks back: planned as a client leaves by decision, dropped where that was a mistake, asked in time."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.agreement import months_later
from bot.domain.decision import Decision, DecisionOutcome, DecisionState
from bot.domain.look_back import LOOKED_BACK_AFTER, LookBack
from bot.domain.model import Client
from bot.domain.notices import LookBackAsked
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar, add_working_days, local_instant, local_today
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.outbox import DueItem

DUE = "look_back"
"""Somebody is asked to look back; the subject is `<look back id>:<step>`."""

STEPS = (1, 2)
"""First the client's owner is asked, then the reviewers."""

WAITING_WORKING_DAYS = 5
"""How long the first question waits for its answer."""


def plan_looks_back(
    uow: UnitOfWork,
    settings: WorkspaceSettings,
    client: Client,
    left_on: date,
    now: datetime,
    calendar: WorkingCalendar,
) -> None:
    """Plan the looks back on the decision by which a client, whom the caller holds, has left.

    Without a decision to part there is nothing to look back on, and what would lie in the past is left out.
    """
    decision = parting_decision(uow, client.id)
    if decision is None:
        return
    for months in LOOKED_BACK_AFTER:
        due_on = months_later(left_on, months)
        if due_on < local_today(now, settings.zone):
            continue
        planned = uow.look_backs.plan(client.workspace_id, client.id, decision.id, months, due_on)
        if planned is not None:
            _ask_on(uow, settings, planned, STEPS[0], add_working_days(due_on, 0, calendar))


def parting_decision(uow: UnitOfWork, client_id: int) -> Decision | None:
    """The decision to part that stands last."""
    for decision in uow.decisions.of_client(client_id):
        if decision.outcome is DecisionOutcome.PART and decision.state is DecisionState.TAKEN:
            return decision
    return None


def drop_looks_back(uow: UnitOfWork, client: Client) -> None:
    """The client is a client again: nothing that is still to come is asked. The caller holds the client."""
    for one in uow.look_backs.of_client(client.id):
        if one.answered_at is None:
            uow.look_backs.drop(one.id)
            forget_asking(uow, one)


def forget_asking(uow: UnitOfWork, one: LookBack) -> None:
    """Drop what was still to be asked about a look back."""
    for step in STEPS:
        uow.due.drop(one.workspace_id, DUE, f"{one.id}:{step}")


def ask_to_look_back(
    uow: UnitOfWork, item: DueItem, workspace: Workspace, now: datetime, calendar: WorkingCalendar
) -> None:
    """Ask the client's owner, and where no answer comes the reviewers, once."""
    look_back_id, step = (int(part) for part in item.subject.split(":"))
    one = uow.look_backs.find(item.workspace_id, look_back_id)
    client = uow.clients.find(item.workspace_id, one.client_id) if one else None
    if one is None or client is None or one.answered_at is not None or client.left_on is None:
        return
    for person_id in whom_to_ask(uow, client, step):
        uow.outbox.put_once(item.workspace_id, LookBackAsked(one.id, person_id, step), now)
    if step == STEPS[0]:
        settings = workspace.settings
        day = add_working_days(local_today(now, settings.zone), WAITING_WORKING_DAYS, calendar)
        _ask_on(uow, settings, one, STEPS[1], day)


def whom_to_ask(uow: UnitOfWork, client: Client, step: int) -> list[int]:
    """The client's owner in the first step, where there is one who is still here; otherwise the reviewers."""
    if step == STEPS[0] and client.owner_id is not None and uow.people.present([client.owner_id]):
        return [client.owner_id]
    return [reviewer.id for reviewer in uow.people.reviewers(client.workspace_id)]


def _ask_on(uow: UnitOfWork, settings: WorkspaceSettings, one: LookBack, step: int, day: date) -> None:
    local = datetime.combine(day, settings.quiet_until)
    uow.due.put(
        one.workspace_id,
        DUE,
        f"{one.id}:{step}",
        local_instant(local, settings.zone),
        local_at=local,
        zone=settings.zone,
    )
