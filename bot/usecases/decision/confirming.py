"""The word of a second reviewer on a proposal to part."""

from __future__ import annotations

from datetime import datetime

from bot.domain.audit import AuditAction
from bot.domain.decision import Decision, DecisionState
from bot.domain.decision_errors import NoDecisionWaitsError, OwnProposalError
from bot.domain.decision_rules import MAX_TEXT_LENGTH
from bot.domain.errors import NotFoundError
from bot.domain.evaluation_rules import at_field
from bot.domain.flag_rules import required_text
from bot.domain.model import Client, Discussion, DiscussionState
from bot.domain.notices import DecisionToConfirm
from bot.domain.timetable import WorkingCalendar
from bot.usecases.actor import Actor
from bot.usecases.decision.carrying_out import carry_out, note_decision
from bot.usecases.decision.case import client_of, refuse_unless_reviewer
from bot.usecases.decision.dates import forget_dates
from bot.usecases.decision.people import confirmers, show_decision, tell_settled
from bot.usecases.ports import UnitOfWork


def confirm_decision(
    uow: UnitOfWork, actor: Actor, decision_id: int, now: datetime, calendar: WorkingCalendar
) -> Decision:
    """Confirm a proposal, which stands as taken from then on; confirming twice changes nothing.

    For reviewers, and never for whoever proposed it while another reviewer is here. Raises `NotFoundError`,
    `ReviewersOnlyError`, `OwnProposalError`, or `NoDecisionWaitsError` for one that was settled otherwise.
    """
    decision, discussion, client = _locked(uow, actor, decision_id)
    if decision.state is DecisionState.TAKEN and decision.confirmed_by_id == actor.person.id:
        return decision
    _refuse_unless_waiting(decision, discussion)
    is_own = decision.made_by_id == actor.person.id
    if is_own and actor.person.id not in confirmers(uow, decision):
        raise OwnProposalError
    uow.decisions.confirm(decision.id, None if is_own else actor.person.id, now)
    note_decision(uow, AuditAction.DECISION_CONFIRMED, decision, now, actor_id=actor.person.id)
    forget_dates(uow, decision)
    taken = _read_again(uow, decision)
    tell_settled(uow, taken, now)
    carry_out(uow, actor.settings, client, discussion, taken, now, calendar)
    return taken


def decline_decision(uow: UnitOfWork, actor: Actor, decision_id: int, reason: str, now: datetime) -> Decision:
    """Decline a proposal with a reason, or take back one's own; the team can then decide anew.

    For reviewers. Raises `NotFoundError`, `ReviewersOnlyError`, `NoDecisionWaitsError`, or what is wrong with the
    reason, with the field `decline_reason`.
    """
    decision, discussion, _ = _locked(uow, actor, decision_id)
    _refuse_unless_waiting(decision, discussion)
    with at_field("decline_reason"):
        said = required_text(reason, MAX_TEXT_LENGTH)
    return settle_declined(uow, decision, actor.person.id, said, now)


def settle_declined(
    uow: UnitOfWork, decision: Decision, declined_by_id: int | None, reason: str, now: datetime
) -> Decision:
    """A proposal, whose client the caller holds, is declined: by somebody, or by `None` when events overtook it."""
    uow.decisions.decline(decision.id, declined_by_id, reason, now)
    note_decision(uow, AuditAction.DECISION_DECLINED, decision, now, actor_id=declined_by_id)
    forget_dates(uow, decision)
    declined = _read_again(uow, decision)
    tell_settled(uow, declined, now)
    show_decision(uow, declined, now)
    return declined


def ask_who_is_left(uow: UnitOfWork, workspace_id: int, now: datetime) -> None:
    """Other people review now: whoever can confirm what waits is asked, its maker where nobody else is left.

    Who was asked before sees nothing new: the message that they have stays as it is.
    """
    for decision in uow.decisions.proposed(workspace_id):
        for person_id in confirmers(uow, decision):
            uow.outbox.put_once(workspace_id, DecisionToConfirm(decision.id, person_id, 1), now)


def _locked(uow: UnitOfWork, actor: Actor, decision_id: int) -> tuple[Decision, Discussion, Client]:
    known = uow.decisions.find(actor.workspace_id, decision_id)
    discussion = uow.discussions.find(actor.workspace_id, known.discussion_id) if known else None
    if known is None or discussion is None:
        raise NotFoundError
    refuse_unless_reviewer(uow, actor, discussion)
    client = client_of(uow, discussion, for_update=True)
    discussion = uow.discussions.find(actor.workspace_id, discussion.id) or discussion
    return _read_again(uow, known), discussion, client


def _refuse_unless_waiting(decision: Decision, discussion: Discussion) -> None:
    if decision.state is not DecisionState.PROPOSED or discussion.state is DiscussionState.CLOSED:
        raise NoDecisionWaitsError


def _read_again(uow: UnitOfWork, decision: Decision) -> Decision:
    return uow.decisions.find(decision.workspace_id, decision.id) or decision
