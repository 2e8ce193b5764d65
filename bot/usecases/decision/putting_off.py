"""The last day with a client moves: before it comes, or once it has passed and the client has not left yet."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from bot.domain.audit import AuditAction
from bot.domain.decision import Decision, DecisionOutcome, DecisionState
from bot.domain.decision_rules import checked_last_day, checked_put_off
from bot.domain.errors import NotFoundError
from bot.domain.model import Client
from bot.domain.notices import MessageRemoved
from bot.domain.timetable import WorkingCalendar, local_today
from bot.domain.visibility import may_follow_up
from bot.usecases.actor import Actor
from bot.usecases.checklist.beginning import follow_days
from bot.usecases.clients.lookup import involvement_in
from bot.usecases.decision.carrying_out import note_decision
from bot.usecases.decision.dates import forget_dates, is_still_to_ask, keep_date
from bot.usecases.decision.people import show_decision
from bot.usecases.farewell.letter_news import terms_changed
from bot.usecases.ports import UnitOfWork


class StillHere(Struct, frozen=True):
    """A decision to part, and its client that has not left; `today` is the workspace's."""

    decision: Decision
    client_name: str
    today: date


def read_still_here(uow: UnitOfWork, actor: Actor, decision_id: int, now: datetime) -> StillHere:
    """What somebody is about to say of; raises as `put_off_leaving`."""
    decision, client = _asked(uow, actor, decision_id, for_update=False)
    return StillHere(decision, client.name, local_today(now, actor.settings.zone))


def put_off_leaving(
    uow: UnitOfWork, actor: Actor, decision_id: int, until: date, now: datetime, calendar: WorkingCalendar
) -> Decision:
    """The client stays `until` a later day; what was asked goes, and it is asked anew once that day is over.

    For the client's owner and reviewers. Raises `NotFoundError` for others and where nothing is asked any more, or
    `DecisionDateError` with the field `until`.
    """
    decision, _ = _asked(uow, actor, decision_id, for_update=True)
    if until == decision.next_on:
        return decision
    checked_put_off(until, local_today(now, actor.settings.zone))
    return _moved(uow, actor, decision, until, now, calendar)


def may_move_last_day(uow: UnitOfWork, actor: Actor, decision: Decision, client: Client) -> bool:
    """Whether somebody can choose another last day: the client's owner and reviewers, while the client is leaving."""
    may = may_follow_up(actor.person, involvement_in(uow, actor.person, client))
    return may and is_still_to_ask(uow, decision, client)


def move_last_day(
    uow: UnitOfWork, actor: Actor, decision_id: int, end_on: date, now: datetime, calendar: WorkingCalendar
) -> Decision:
    """Another last day, earlier or later; what counts from it moves along, and a letter is to be approved anew.

    For the client's owner and reviewers. Raises `NotFoundError` for others and where the client is not leaving, or
    `DecisionDateError` with the field `end_on`.
    """
    decision, _ = _asked(uow, actor, decision_id, for_update=True)
    if end_on == decision.next_on:
        return decision
    checked_last_day(end_on, local_today(now, actor.settings.zone))
    return _moved(uow, actor, decision, end_on, now, calendar)


def _moved(
    uow: UnitOfWork, actor: Actor, decision: Decision, until: date, now: datetime, calendar: WorkingCalendar
) -> Decision:
    uow.decisions.put_off(decision.id, until)
    later = uow.decisions.find(decision.workspace_id, decision.id) or decision
    note_decision(
        uow, AuditAction.END_DATE_MOVED, later, now, actor_id=actor.person.id, was=decision.next_on.isoformat()
    )
    forget_dates(uow, later)
    keep_date(uow, actor.settings, later, calendar)
    follow_days(uow, actor.settings, later, None, now, calendar)
    terms_changed(uow, later.id, actor.person.id, now)
    for subject in uow.messages.subjects(decision.workspace_id, f"decision_due:{decision.id}:"):
        uow.outbox.put_once(decision.workspace_id, MessageRemoved(subject), now)
    show_decision(uow, later, now)
    return later


def _asked(uow: UnitOfWork, actor: Actor, decision_id: int, *, for_update: bool) -> tuple[Decision, Client]:
    known = uow.decisions.find(actor.workspace_id, decision_id)
    find = uow.clients.locked if for_update else uow.clients.find
    client = find(actor.workspace_id, known.client_id) if known else None
    decision = uow.decisions.find(actor.workspace_id, decision_id)
    if decision is None or client is None or not may_follow_up(actor.person, involvement_in(uow, actor.person, client)):
        raise NotFoundError
    is_parting = decision.outcome is DecisionOutcome.PART and decision.state is DecisionState.TAKEN
    if not is_parting or not is_still_to_ask(uow, decision, client):
        raise NotFoundError
    return decision, client
