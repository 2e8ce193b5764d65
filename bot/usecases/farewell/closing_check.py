"""What to look at before the parting letter of a client, and the earliest day on which its agreement can end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct

from bot.domain.agreement import Agreement, AgreementKind, EarliestEnd, NoticeForm, Renewal, earliest_end
from bot.domain.decision import Decision, DecisionOutcome, DecisionState
from bot.domain.errors import NotFoundError
from bot.domain.farewell.closing_check import ClosingFacts, Looked, look_at
from bot.domain.farewell.closing_terms import Term, has_any, missing, newest
from bot.domain.model import Client
from bot.domain.timetable import WorkingCalendar, local_today
from bot.usecases.actor import Actor
from bot.usecases.farewell.closing_check_text import check_of
from bot.usecases.ports import UnitOfWork


class ClosingView(Struct, frozen=True):
    """What is read before a letter is written.

    `earliest` is reckoned as if the letter reached the client on `today`; `end_date` is what was decided. `missing` is
    what a letter must tell and `terms` do not.
    """

    decision_id: int
    client: Client
    end_date: date
    today: date
    earliest: EarliestEnd
    looked: Looked
    terms: Mapping[Term, str]
    missing: tuple[Term, ...]


def read_closing(
    uow: UnitOfWork, actor: Actor, decision_id: int, now: datetime, calendar: WorkingCalendar
) -> ClosingView:
    """What to look at after a decision to part that stands; for reviewers and whoever was asked into the discussion.

    Raises `NotFoundError` for others, and for any other decision.
    """
    decision, client = parting(uow, actor, decision_id)
    terms = newest(uow.farewells.terms(decision.discussion_id))
    today = local_today(now, actor.settings.zone)
    earliest = earliest_end(client.agreement, today)
    facts = facts_of(client.agreement, decision.next_on, earliest, calendar, terms)
    looked = look_at(check_of(uow, actor.workspace_id), facts)
    return ClosingView(decision.id, client, decision.next_on, today, earliest, looked, terms, missing(terms))


def facts_of(
    agreement: Agreement, end_date: date, earliest: EarliestEnd, calendar: WorkingCalendar, terms: Mapping[Term, str]
) -> ClosingFacts:
    """What is known for the points: the agreement, the day that was decided, and the closing terms."""
    law = agreement.governing_law
    return ClosingFacts(
        kind=None if agreement.kind is AgreementKind.UNKNOWN else agreement.kind.value,
        ends_on=agreement.ends_on,
        notice=None if agreement.notice is None else True,
        renewal=None if agreement.renewal is Renewal.UNKNOWN else agreement.renewal.value,
        notice_form=None if agreement.notice_form is NoticeForm.UNKNOWN else agreement.notice_form.value,
        is_consumer=agreement.is_consumer,
        governing_law=None if law is None else "nl" if law == "NL" else "other",
        country=law,
        end_date=end_date,
        ends_before_notice=None if earliest.day is None else end_date < earliest.day,
        ends_on_day_off=not calendar.is_working_day(end_date),
        deadlines_after_end=has_any(terms, Term.DEADLINES),
        prepaid=has_any(terms, Term.PREPAID),
        holds_access=has_any(terms, Term.ACCESS),
    )


def parting(uow: UnitOfWork, actor: Actor, decision_id: int) -> tuple[Decision, Client]:
    """A decision to part that stands, and its client; for reviewers and whoever was asked into the discussion.

    Raises `NotFoundError` for others, and for any other decision.
    """
    decision = uow.decisions.find(actor.workspace_id, decision_id)
    client = uow.clients.find(actor.workspace_id, decision.client_id) if decision else None
    if decision is None or client is None or not _is_to_part(decision):
        raise NotFoundError
    if not may_read_discussion(uow, actor, decision.discussion_id):
        raise NotFoundError
    return decision, client


def _is_to_part(decision: Decision) -> bool:
    return decision.outcome is DecisionOutcome.PART and decision.state is DecisionState.TAKEN


def may_read_discussion(uow: UnitOfWork, actor: Actor, discussion_id: int | None) -> bool:
    """Whether somebody reads what a discussion writes to its client: reviewers, and whoever was asked into it."""
    is_in = discussion_id is not None and actor.person.id in uow.discussions.people(discussion_id)
    return actor.person.is_reviewer or is_in
