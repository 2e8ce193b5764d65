"""The date that every decision carries: when it comes, somebody is asked. And no proposal waits unseen."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.domain.decision import Decision, DecisionOutcome, DecisionState
from bot.domain.model import Client, ClientStage, DiscussionState
from bot.domain.notices import DecisionDue, DecisionToConfirm
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar, add_working_days, local_instant, local_today
from bot.usecases.decision.people import confirmers
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.outbox import DueItem

NEXT = "decision_next"
"""The due rows of a decision's date; their subject is `<decision id>:<step>`."""

WAITS = "decision_waits"
"""The due row that asks again to confirm a proposal; its subject is the decision's id."""

STEPS = (1, 2)
"""First the client's owner is asked, then the reviewers."""

LEFT_WORKING_DAYS = 5
"""How long the question whether a client has left waits for its owner, before a reviewer is asked."""

_WITHOUT_DATE = DecisionOutcome.PUT_RIGHT
"""What is tried has an end date of its own."""


def keep_date(uow: UnitOfWork, settings: WorkspaceSettings, decision: Decision, calendar: WorkingCalendar) -> None:
    """Ask in the morning of the decision's date, or of the first working day after it.

    Whether a client has left is asked when its last day is over.
    """
    if decision.outcome is not _WITHOUT_DATE:
        is_last_day = decision.outcome is DecisionOutcome.PART
        day = decision.next_on + timedelta(days=1) if is_last_day else decision.next_on
        _ask_on(uow, settings, decision, STEPS[0], add_working_days(day, 0, calendar))


def ask_to_confirm_later(
    uow: UnitOfWork, settings: WorkspaceSettings, decision: Decision, now: datetime, calendar: WorkingCalendar
) -> None:
    """Ask once more to confirm a proposal, as many working days from now as the policy says."""
    day = add_working_days(local_today(now, settings.zone), settings.policy.alert_working_days, calendar)
    _put(uow, settings, decision, WAITS, str(decision.id), day)


def forget_dates(uow: UnitOfWork, decision: Decision) -> None:
    """Drop what was still to be asked about a decision."""
    uow.due.drop(decision.workspace_id, WAITS, str(decision.id))
    for step in STEPS:
        uow.due.drop(decision.workspace_id, NEXT, f"{decision.id}:{step}")


def _ask_on(uow: UnitOfWork, settings: WorkspaceSettings, decision: Decision, step: int, day: date) -> None:
    _put(uow, settings, decision, NEXT, f"{decision.id}:{step}", day)


def _put(uow: UnitOfWork, settings: WorkspaceSettings, decision: Decision, kind: str, subject: str, day: date) -> None:
    local = datetime.combine(day, settings.quiet_until)
    uow.due.put(
        decision.workspace_id,
        kind,
        subject,
        local_instant(local, settings.zone),
        local_at=local,
        zone=settings.zone,
    )


def date_has_come(
    uow: UnitOfWork, item: DueItem, workspace: Workspace, now: datetime, calendar: WorkingCalendar
) -> None:
    """The date of a decision: ask the owner, or the reviewers; and them as well when nobody answered for some days."""
    decision_id, step = (int(part) for part in item.subject.split(":"))
    decision = uow.decisions.find(item.workspace_id, decision_id)
    client = uow.clients.find(item.workspace_id, decision.client_id) if decision else None
    if decision is None or client is None or not is_still_to_ask(uow, decision, client):
        return
    for person_id in _whom_to_ask(uow, client, step):
        uow.outbox.put(item.workspace_id, DecisionDue(decision.id, person_id, step), now)
    if step == STEPS[0]:
        settings = workspace.settings
        is_last_day = decision.outcome is DecisionOutcome.PART
        days = LEFT_WORKING_DAYS if is_last_day else settings.policy.alert_working_days
        day = add_working_days(local_today(now, settings.zone), days, calendar)
        _ask_on(uow, settings, decision, STEPS[1], day)


def is_still_to_ask(uow: UnitOfWork, decision: Decision, client: Client) -> bool:
    """Whether the question of a decision's date still makes sense.

    It does not once somebody answered it, the decision was reopened, the client left, or the team talks again.
    """
    if decision.state is not DecisionState.TAKEN or decision.followed_up_at is not None or client.left_on is not None:
        return False
    if decision.outcome is DecisionOutcome.PART:
        return client.stage is ClientStage.PARTING
    return uow.discussions.open_for(client.id) is None and client.stage is not ClientStage.PARTING


def _whom_to_ask(uow: UnitOfWork, client: Client, step: int) -> list[int]:
    if step == STEPS[0] and client.owner_id is not None and uow.people.present([client.owner_id]):
        return [client.owner_id]
    return [reviewer.id for reviewer in uow.people.reviewers(client.workspace_id)]


def proposal_waits(
    uow: UnitOfWork, item: DueItem, workspace: Workspace, now: datetime, calendar: WorkingCalendar
) -> None:
    """Nobody has confirmed or declined a proposal for some days: those who can are asked once more.

    Not where its discussion has closed meanwhile, as when its client was merged with one that is talked about too.
    """
    decision = uow.decisions.find(item.workspace_id, int(item.subject))
    discussion = uow.discussions.find(item.workspace_id, decision.discussion_id) if decision else None
    if decision is None or decision.state is not DecisionState.PROPOSED:
        return
    if discussion is None or discussion.state is DiscussionState.CLOSED:
        return
    for person_id in confirmers(uow, decision):
        uow.outbox.put(item.workspace_id, DecisionToConfirm(decision.id, person_id, 2), now)
