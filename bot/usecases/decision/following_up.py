"""When the date of a decision has come: all is well, or the team talks again."""

from __future__ import annotations

from datetime import datetime

from bot.domain.audit import AuditAction
from bot.domain.decision import Decision, DecisionState
from bot.domain.errors import ClientLeftAlreadyError, NotFoundError
from bot.domain.model import Client, ClientStage, Discussion
from bot.domain.notices import DecisionDue
from bot.domain.timetable import WorkingCalendar
from bot.domain.visibility import may_follow_up
from bot.usecases.actor import Actor
from bot.usecases.clients.lookup import involvement_in
from bot.usecases.decision.carrying_out import note_decision
from bot.usecases.decision.dates import STEPS, forget_dates
from bot.usecases.discussion.opening import open_discussion
from bot.usecases.ports import UnitOfWork


def say_all_is_well(uow: UnitOfWork, actor: Actor, decision_id: int, now: datetime) -> Decision:
    """Whoever was asked to look again says that all is well; nobody is asked about it any more. Twice changes nothing.

    For the client's owner and reviewers; raises `NotFoundError` for others and for a decision that does not stand.
    """
    decision, client = _locked(uow, actor, decision_id)
    return _followed_up(uow, actor, decision, client, now)


def talk_again(
    uow: UnitOfWork, actor: Actor, decision_id: int, now: datetime, calendar: WorkingCalendar
) -> tuple[Discussion, bool]:
    """Whoever was asked to look again wants to talk: a discussion opens, or the open one goes on; says which.

    For the client's owner and reviewers. Raises `NotFoundError`, or `ClientLeftAlreadyError` when the client is gone.
    """
    decision, client = _locked(uow, actor, decision_id)
    if client.left_on is not None:
        raise ClientLeftAlreadyError(client=client.name, date=client.left_on)
    _followed_up(uow, actor, decision, client, now)
    existing = uow.discussions.open_for(client.id)
    if existing is not None:
        return existing, False
    opened = open_discussion(uow, actor.settings, client, now, calendar, opened_by_id=actor.person.id)
    if client.stage is ClientStage.ACTIVE:
        uow.clients.change(client.id, stage=ClientStage.IN_REVIEW)
    return opened, True


def _locked(uow: UnitOfWork, actor: Actor, decision_id: int) -> tuple[Decision, Client]:
    known = uow.decisions.find(actor.workspace_id, decision_id)
    client = uow.clients.locked(actor.workspace_id, known.client_id) if known else None
    decision = uow.decisions.find(actor.workspace_id, decision_id)
    if decision is None or client is None or decision.state is not DecisionState.TAKEN:
        raise NotFoundError
    if not may_follow_up(actor.person, involvement_in(uow, actor.person, client)):
        raise NotFoundError
    return decision, client


def _followed_up(uow: UnitOfWork, actor: Actor, decision: Decision, client: Client, now: datetime) -> Decision:
    if uow.decisions.follow_up(decision.id, actor.person.id, now):
        note_decision(uow, AuditAction.LOOKED_AGAIN, decision, now, actor_id=actor.person.id)
        forget_dates(uow, decision)
        asked = {reviewer.id for reviewer in uow.people.reviewers(decision.workspace_id)}
        asked.update({client.owner_id} if client.owner_id is not None else set())
        for person_id in sorted(asked):
            for step in STEPS:
                uow.outbox.put_once(decision.workspace_id, DecisionDue(decision.id, person_id, step), now)
    return uow.decisions.find(decision.workspace_id, decision.id) or decision
