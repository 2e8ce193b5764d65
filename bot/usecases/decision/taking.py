"""Taking a decision: its guards, its record, and a second reviewer where parting asks for one."""

from __future__ import annotations

from datetime import datetime

from bot.domain.audit import AuditAction
from bot.domain.decision import Decision, DecisionState
from bot.domain.decision_errors import DecidedAlreadyError
from bot.domain.decision_rules import DecisionDraft, checked, needs_second
from bot.domain.notices import DecisionToConfirm
from bot.domain.timetable import WorkingCalendar
from bot.usecases.actor import Actor
from bot.usecases.decision.carrying_out import carry_out, note_decision
from bot.usecases.decision.case import DecisionCase, read_case
from bot.usecases.decision.dates import ask_to_confirm_later
from bot.usecases.decision.people import confirmers, show_decision
from bot.usecases.decision.snapshot import take_snapshot
from bot.usecases.ports import UnitOfWork
from bot.usecases.remedies.starting import start_remedy


def take_decision(
    uow: UnitOfWork,
    actor: Actor,
    discussion_id: int,
    draft: DecisionDraft,
    now: datetime,
    calendar: WorkingCalendar,
) -> Decision:
    """Decide on a discussion; parting is proposed where another reviewer is here to confirm it.

    What is to be tried starts with it. The same outcome by the same person again, as after a second click, changes
    nothing. Raises what `read_case` and `bot.domain.decision_rules.checked` raise, what starting a remedy raises with
    the remedy's part as its field, and `DecidedAlreadyError` for whoever comes second.
    """
    case = read_case(uow, actor, discussion_id, now, for_update=True)
    if case.standing is not None:
        return _same(case, actor, draft)
    fit = checked(draft, case.circumstances)
    if fit.remedy is not None:
        start_remedy(uow, actor, case.client.id, fit.remedy, now, calendar)
    decision = _keep(uow, actor, case, fit, now)
    if fit.forecast is not None and not fit.forecast.says_nothing:
        uow.look_backs.keep_forecast(decision.id, fit.forecast)
    if decision.state is DecisionState.PROPOSED:
        note_decision(uow, AuditAction.DECISION_PROPOSED, decision, now, actor_id=actor.person.id)
        _ask_to_confirm(uow, actor, decision, now, calendar)
        return decision
    note_decision(uow, AuditAction.DECISION_TAKEN, decision, now, actor_id=actor.person.id)
    carry_out(uow, actor.settings, case.client, case.discussion, decision, now, calendar)
    return decision


def _same(case: DecisionCase, actor: Actor, draft: DecisionDraft) -> Decision:
    standing = case.standing
    if standing is None or standing.made_by_id != actor.person.id or standing.outcome is not draft.outcome:
        raise DecidedAlreadyError(code=case.discussion.code)
    return standing


def _keep(uow: UnitOfWork, actor: Actor, case: DecisionCase, fit: DecisionDraft, now: datetime) -> Decision:
    reviewers = [reviewer.id for reviewer in uow.people.reviewers(actor.workspace_id)]
    is_proposal = needs_second(fit.outcome, actor.person.id, reviewers)
    ends = [day for day in (case.circumstances.tried_until, fit.remedy.ends_on if fit.remedy else None) if day]
    decision = uow.decisions.add(
        actor.workspace_id,
        case.client.id,
        case.discussion.id,
        case.round.number,
        DecisionState.PROPOSED if is_proposal else DecisionState.TAKEN,
        fit,
        fit.next_on or max(ends),
        take_snapshot(uow, actor.settings, case, now),
        made_by_id=actor.person.id,
        now=now,
    )
    if decision is None:
        raise DecidedAlreadyError(code=case.discussion.code)
    return decision


def _ask_to_confirm(
    uow: UnitOfWork, actor: Actor, decision: Decision, now: datetime, calendar: WorkingCalendar
) -> None:
    for person_id in confirmers(uow, decision):
        uow.outbox.put(decision.workspace_id, DecisionToConfirm(decision.id, person_id, 1), now)
    ask_to_confirm_later(uow, actor.settings, decision, now, calendar)
    show_decision(uow, decision, now)
