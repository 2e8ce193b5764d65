"""What each outcome sets in motion: where the client stands, what ends, what is asked later, and who hears of it."""

from __future__ import annotations

from datetime import datetime

from bot.domain.audit import AuditAction, AuditDetail
from bot.domain.decision import Decision, DecisionOutcome
from bot.domain.model import Client, ClientStage, Discussion
from bot.domain.policy import WorkspaceSettings
from bot.domain.remedy_rules import is_under_way
from bot.domain.timetable import WorkingCalendar
from bot.usecases.alerts.ending import close_alert
from bot.usecases.audit import note
from bot.usecases.decision.dates import keep_date
from bot.usecases.decision.people import show_decision
from bot.usecases.discussion.closing import close_discussion
from bot.usecases.evaluation.rounds import end_round
from bot.usecases.flags.telling_reporters import tell_reporters
from bot.usecases.ports import UnitOfWork
from bot.usecases.remedies.ending import call_off_remedies


def carry_out(
    uow: UnitOfWork,
    settings: WorkspaceSettings,
    client: Client,
    discussion: Discussion,
    decision: Decision,
    now: datetime,
    calendar: WorkingCalendar,
) -> None:
    """Do what follows from a decision that was taken just now; the caller holds the client."""
    if decision.outcome is DecisionOutcome.PART:
        _part(uow, client, discussion, now)
    elif decision.outcome is DecisionOutcome.PUT_RIGHT:
        uow.clients.change(client.id, stage=ClientStage.REMEDY)
        end_round(uow, discussion, now)
    else:
        uow.clients.change(client.id, stage=road_without_talk(uow, client))
        close_discussion(uow, discussion, now)
    keep_date(uow, settings, decision, calendar)
    show_decision(uow, decision, now)
    tell_reporters(uow, settings, client, discussion, now, but=decision.made_by_id)


def _part(uow: UnitOfWork, client: Client, discussion: Discussion, now: datetime) -> None:
    """The discussion stays open for the letter; what was still being tried or alerted about ends."""
    call_off_remedies(uow, client, now)
    uow.clients.change(client.id, stage=ClientStage.PARTING)
    end_round(uow, discussion, now)
    for alert in uow.alerts.open_for(client.id):
        close_alert(uow, alert, now)


def road_without_talk(uow: UnitOfWork, client: Client) -> ClientStage:
    """Where a client stands that is not talked about: something can still be tried with it."""
    is_tried = any(is_under_way(remedy) for remedy in uow.remedies.of_client(client.id))
    return ClientStage.REMEDY if is_tried else ClientStage.ACTIVE


def note_decision(
    uow: UnitOfWork,
    action: AuditAction,
    decision: Decision,
    now: datetime,
    *,
    actor_id: int | None,
    **details: AuditDetail,
) -> None:
    """Keep in the audit trail what was done to a decision."""
    note(
        uow,
        decision.workspace_id,
        action,
        now,
        actor_id=actor_id,
        client_id=decision.client_id,
        subject=f"decision:{decision.id}",
        outcome=decision.outcome.value,
        round=decision.round,
        next_on=decision.next_on.isoformat(),
        **details,
    )
