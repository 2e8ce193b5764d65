"""Decisions as forms and messages show them."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.domain.decision import Decision, DecisionOutcome, DecisionState
from bot.domain.decision_errors import DecidedAlreadyError, NoDecisionWaitsError
from bot.domain.decision_rules import Circumstances, needs_second, refuse_unless_decidable
from bot.domain.errors import NotFoundError
from bot.domain.model import Client, Discussion, DiscussionState
from bot.domain.score import weightless_before
from bot.domain.timetable import local_today
from bot.usecases.actor import Actor
from bot.usecases.decision.case import read_case, refuse_unless_reviewer
from bot.usecases.decision.dates import is_still_to_ask
from bot.usecases.decision.people import confirmers
from bot.usecases.evaluation.ending_early import EarlyEnd, read_early_end
from bot.usecases.ports import UnitOfWork
from bot.usecases.remedies.remedy_view import RemedyBegin, read_remedy_begin


class DecisionForm(Struct, frozen=True):
    """What the form for a decision starts from; `begin` is what a trial that comes with it would start from.

    `is_confirmed_by_another` says that parting is proposed here, and confirmed by another reviewer.
    """

    discussion: Discussion
    client_name: str
    circumstances: Circumstances
    begin: RemedyBegin
    is_confirmed_by_another: bool
    currency: str


class DecisionView(Struct, frozen=True):
    """A decision with what it is about; `client` and `code` are for those who may know both.

    `is_to_ask` says that its date still asks for a word of somebody, `confirmers` who may confirm it while it waits.
    """

    decision: Decision
    client: Client
    code: str
    is_to_ask: bool
    confirmers: tuple[int, ...]


def read_decision_form(
    uow: UnitOfWork, actor: Actor, discussion_id: int, now: datetime
) -> DecisionForm | DecisionView | EarlyEnd:
    """What to decide on, the proposal that waits for a word, or the waiting for views that can be ended; for reviewers.

    Raises what `read_case` raises, `ViewsHiddenError`, or `DecidedAlreadyError` once a decision was taken.
    """
    case = read_case(uow, actor, discussion_id, now, for_update=False)
    if case.standing is not None:
        view = read_decision(uow, actor.workspace_id, case.standing.id)
        if view is None or view.decision.state is not DecisionState.PROPOSED:
            raise DecidedAlreadyError(code=case.discussion.code)
        return view
    early = read_early_end(uow, case.discussion, case.round, case.client.name)
    if early is not None:
        return early
    refuse_unless_decidable(case.circumstances)
    begin = read_remedy_begin(uow, actor, case.client.id, now)
    reviewers = [reviewer.id for reviewer in uow.people.reviewers(actor.workspace_id)]
    is_proposal = needs_second(DecisionOutcome.PART, actor.person.id, reviewers)
    return DecisionForm(
        case.discussion, case.client.name, case.circumstances, begin, is_proposal, actor.settings.currency
    )


def read_decision(uow: UnitOfWork, workspace_id: int, decision_id: int) -> DecisionView | None:
    """A decision for a message to those who may know it; `None` when it or its client is gone."""
    decision = uow.decisions.find(workspace_id, decision_id)
    discussion = uow.discussions.find(workspace_id, decision.discussion_id) if decision else None
    client = uow.clients.find(workspace_id, decision.client_id) if decision else None
    if decision is None or discussion is None or client is None:
        return None
    is_to_ask = is_still_to_ask(uow, decision, client)
    return DecisionView(decision, client, discussion.code, is_to_ask, tuple(confirmers(uow, decision)))


def read_decision_for(uow: UnitOfWork, actor: Actor, decision_id: int) -> DecisionView:
    """A decision for a reviewer who is about to say something of it; raises `NotFoundError` or `ReviewersOnlyError`."""
    view = read_decision(uow, actor.workspace_id, decision_id)
    discussion = uow.discussions.find(actor.workspace_id, view.decision.discussion_id) if view else None
    if view is None or discussion is None:
        raise NotFoundError
    refuse_unless_reviewer(uow, actor, discussion)
    return view


def read_proposal(uow: UnitOfWork, actor: Actor, decision_id: int) -> DecisionView:
    """Like `read_decision_for`, for one that waits for a word; raises `NoDecisionWaitsError` for any other."""
    view = read_decision_for(uow, actor, decision_id)
    if view.decision.state is not DecisionState.PROPOSED:
        raise NoDecisionWaitsError
    return view


def read_standing_decision(uow: UnitOfWork, actor: Actor, discussion_id: int) -> Decision | None:
    """What is decided or proposed in a discussion, if anything, for a reviewer who wanted to decide.

    Raises `NotFoundError` or `ReviewersOnlyError`.
    """
    discussion = uow.discussions.find(actor.workspace_id, discussion_id)
    if discussion is None:
        raise NotFoundError
    refuse_unless_reviewer(uow, actor, discussion)
    return standing_decision(uow, discussion)


def standing_decision(uow: UnitOfWork, discussion: Discussion) -> Decision | None:
    """What is decided or proposed in the newest round of a discussion."""
    newest = uow.evaluations.newest_round(discussion.id)
    return uow.decisions.standing(discussion.id, newest.number) if newest else None


class FlagOutcome(Struct, frozen=True):
    """What came of somebody's flags: the decision that stands, or that the client left, or that the talk goes on.

    `is_put_right` says that what was decided to be tried has worked.
    """

    client_name: str
    code: str
    decision: Decision | None
    has_left: bool
    is_put_right: bool = False


def read_flag_outcome(
    uow: UnitOfWork, workspace_id: int, discussion_id: int, person_id: int, now: datetime
) -> FlagOutcome | None:
    """What a colleague hears of a discussion about what they flagged or witnessed.

    `None` when the discussion or its client is gone, or when they took back what they had said.
    """
    discussion = uow.discussions.find(workspace_id, discussion_id)
    client = uow.clients.find(workspace_id, discussion.client_id) if discussion else None
    if discussion is None or client is None:
        return None
    settings = uow.people.workspace(workspace_id).settings
    since = weightless_before(settings.policy, local_today(now, settings.zone))
    if person_id not in uow.flags.people_behind(client.id, since):
        return None
    standing = standing_decision(uow, discussion)
    taken = standing if standing and standing.state is DecisionState.TAKEN else None
    is_over = discussion.state is DiscussionState.CLOSED
    return FlagOutcome(
        client_name=client.name,
        code=discussion.code,
        decision=taken,
        has_left=client.left_on is not None,
        is_put_right=is_over and taken is not None and taken.outcome is DecisionOutcome.PUT_RIGHT,
    )
