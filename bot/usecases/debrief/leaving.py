"""A client has left, or somebody only thought so."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from bot.domain.audit import AuditAction
from bot.domain.decision import DecisionOutcome
from bot.domain.errors import ClientLeftAlreadyError, HappenedInFutureError, NotFoundError
from bot.domain.model import Client, ClientStage, Debrief, Level
from bot.domain.timetable import WorkingCalendar, local_today
from bot.domain.visibility import may_edit_client, may_mark_left
from bot.usecases.actor import Actor
from bot.usecases.alerts.ending import close_alert
from bot.usecases.audit import note
from bot.usecases.clients.lookup import involvement_in
from bot.usecases.debrief.planning import cancel, plan_after
from bot.usecases.decision.client_leaving import end_decisions, resume_decisions
from bot.usecases.decision.decision_view import standing_decision
from bot.usecases.discussion.closing import close_discussion, resume_discussion
from bot.usecases.evaluation.rounds import begin_round, end_round
from bot.usecases.flags.telling_reporters import tell_reporters
from bot.usecases.look_backs.planning import drop_looks_back, plan_looks_back
from bot.usecases.ports import UnitOfWork
from bot.usecases.remedies.ending import call_off_remedies


class ClientLeft(Struct, frozen=True):
    """What marking a client as having left came to; `discussion_id` is the discussion that ended by it.

    `may_set_terms` is about whoever marked it: whether they say on what terms the client could come back.
    """

    client: Client
    left_on: date
    debrief: Debrief
    discussion_id: int | None = None
    may_set_terms: bool = False


def mark_left(
    uow: UnitOfWork,
    actor: Actor,
    client_id: int,
    now: datetime,
    calendar: WorkingCalendar,
    *,
    left_on: date | None = None,
) -> ClientLeft:
    """Mark a client as having left, today unless `left_on` says otherwise, and plan the debrief.

    Open to reviewers, the owner and those who deal with the client. Raises `NotFoundError`,
    `ClientLeftAlreadyError`, or `HappenedInFutureError` for a day that is still to come.
    """
    client = _locked(uow, actor, client_id)
    if client.left_on is not None:
        raise ClientLeftAlreadyError(client=client.name, date=client.left_on)
    today = local_today(now, actor.settings.zone)
    day = left_on or today
    if day > today:
        raise HappenedInFutureError
    discussion_id = _end_open_matters(uow, actor, client, now)
    uow.clients.change(client.id, stage=ClientStage.PARTED, left_on=day)
    _note(uow, actor, AuditAction.CLIENT_LEFT, client, now)
    debrief = plan_after(uow, actor, client, day, now, calendar)
    plan_looks_back(uow, actor.settings, client, day, now, calendar)
    may_set_terms = may_edit_client(actor.person, involvement_in(uow, actor.person, client))
    return ClientLeft(client, day, debrief, discussion_id, may_set_terms)


def _locked(uow: UnitOfWork, actor: Actor, client_id: int) -> Client:
    client = uow.clients.locked(actor.workspace_id, client_id)
    if client is None or not may_mark_left(actor.person, involvement_in(uow, actor.person, client)):
        raise NotFoundError
    return client


def _end_open_matters(uow: UnitOfWork, actor: Actor, client: Client, now: datetime) -> int | None:
    """Nothing is left to alert about, to try or to decide once a client is gone; returns the discussion that ended.

    Those who flagged hear of it, unless they heard already what was decided.
    """
    for alert in uow.alerts.open_for(client.id):
        close_alert(uow, alert, now)
    call_off_remedies(uow, client, now)
    end_decisions(uow, client, now)
    discussion = uow.discussions.open_for(client.id)
    if discussion is None:
        return None
    if standing_decision(uow, discussion) is None:
        tell_reporters(uow, actor.settings, client, discussion, now, but=actor.person.id)
    close_discussion(uow, discussion, now)
    return discussion.id


def take_back_left(
    uow: UnitOfWork,
    actor: Actor,
    client_id: int,
    now: datetime,
    calendar: WorkingCalendar,
    *,
    discussion_id: int | None = None,
) -> Client:
    """Somebody marked the wrong client: it is a client again, and the planned debrief is cancelled.

    The discussion that ended by it goes on where `discussion_id` names it, and a decision to part stands again;
    without one the client's levels are armed again, since what had alerted was closed. What was being tried stays
    called off. Doing it twice changes nothing. Raises `NotFoundError`.
    """
    client = _locked(uow, actor, client_id)
    if client.left_on is None:
        return client
    stage = _stage_back(uow, actor, client, discussion_id, now, calendar)
    alerted = Level.NONE if stage is ClientStage.ACTIVE else client.alerted
    uow.clients.change(client.id, stage=stage, left_on=None, alerted=alerted)
    drop_looks_back(uow, client)
    debrief = uow.debriefs.planned_for(client.id)
    if debrief is not None:
        cancel(uow, debrief, now, actor)
    _note(uow, actor, AuditAction.CLIENT_BACK, client, now)
    return client


def _stage_back(
    uow: UnitOfWork,
    actor: Actor,
    client: Client,
    discussion_id: int | None,
    now: datetime,
    calendar: WorkingCalendar,
) -> ClientStage:
    """Where a client stands that is one again, with its discussion going on as far as it can."""
    resume_decisions(uow, actor.settings, client, now, calendar)
    latest = uow.discussions.latest_for(client.id)
    if latest is None or latest.id != discussion_id:
        return ClientStage.IN_REVIEW if uow.discussions.open_for(client.id) is not None else ClientStage.ACTIVE
    if not resume_discussion(uow, actor.settings, latest, now, calendar):
        return ClientStage.IN_REVIEW
    decision = standing_decision(uow, latest)
    if decision is None:
        return ClientStage.IN_REVIEW
    if decision.outcome is DecisionOutcome.PART:
        end_round(uow, latest, now)
        return ClientStage.PARTING
    # What was decided to be tried was called off when the client left, so the team is asked anew.
    begin_round(uow, actor.settings, latest, now, calendar)
    return ClientStage.IN_REVIEW


def _note(uow: UnitOfWork, actor: Actor, action: AuditAction, client: Client, now: datetime) -> None:
    note(
        uow,
        actor.workspace_id,
        action,
        now,
        actor_id=actor.person.id,
        client_id=client.id,
        subject=f"client:{client.id}",
    )
