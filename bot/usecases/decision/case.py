"""What a decision is taken on: the discussion, its round, and what is so at that moment."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.domain.decision import Decision
from bot.domain.decision_rules import Circumstances, is_side_known
from bot.domain.errors import DiscussionClosedError, NotFoundError, ReviewersOnlyError
from bot.domain.evaluation import Round
from bot.domain.model import Client, Discussion, DiscussionState
from bot.domain.policy import WorkspaceSettings
from bot.domain.remedies import RemedyState
from bot.domain.remedy_rules import has_failed
from bot.domain.timetable import local_today
from bot.domain.visibility import may_decide
from bot.usecases.actor import Actor
from bot.usecases.evaluation.evaluation_view import read_evaluation
from bot.usecases.evaluation.rounds import current_round
from bot.usecases.ports import UnitOfWork


class DecisionCase(Struct, frozen=True):
    """A discussion that a reviewer decides on, with what stands in its newest round: open, or closed by that."""

    client: Client
    discussion: Discussion
    round: Round
    circumstances: Circumstances
    standing: Decision | None


def read_case(uow: UnitOfWork, actor: Actor, discussion_id: int, now: datetime, *, for_update: bool) -> DecisionCase:
    """The case of a discussion, for a reviewer; `for_update` keeps other writers of its client out.

    Raises `ReviewersOnlyError` for others who were asked in, `NotFoundError` for everybody else, and
    `DiscussionClosedError` for one that closed without a decision.
    """
    known = uow.discussions.find(actor.workspace_id, discussion_id)
    if known is None:
        raise NotFoundError
    refuse_unless_reviewer(uow, actor, known)
    client = client_of(uow, known, for_update=for_update)
    discussion = uow.discussions.find(actor.workspace_id, discussion_id) or known
    current = current_round(uow, discussion.id)
    if current is None:
        raise NotFoundError
    standing = uow.decisions.standing(discussion.id, current.number)
    if discussion.state is DiscussionState.CLOSED and standing is None:
        raise DiscussionClosedError
    circumstances = _circumstances(uow, actor.settings, discussion, current, now)
    return DecisionCase(client, discussion, current, circumstances, standing)


def refuse_unless_reviewer(uow: UnitOfWork, actor: Actor, discussion: Discussion) -> None:
    """Raise `ReviewersOnlyError` for others who were asked into a discussion, `NotFoundError` for everybody else."""
    if may_decide(actor.person):
        return
    if actor.person.id in uow.discussions.people(discussion.id):
        raise ReviewersOnlyError
    raise NotFoundError


def client_of(uow: UnitOfWork, discussion: Discussion, *, for_update: bool) -> Client:
    """The client that a discussion is about, wherever it was merged to; raises `NotFoundError` once it is gone."""
    find = uow.clients.locked if for_update else uow.clients.find
    client = find(discussion.workspace_id, discussion.client_id)
    if client is None:
        raise NotFoundError
    return client


def _circumstances(
    uow: UnitOfWork, settings: WorkspaceSettings, discussion: Discussion, current: Round, now: datetime
) -> Circumstances:
    today = local_today(now, settings.zone)
    evaluation = read_evaluation(uow, discussion.workspace_id, discussion.id)
    shown = evaluation.shown if evaluation else None
    remedies = uow.remedies.of_client(discussion.client_id)
    running = [one.ends_on for one in remedies if one.state is RemedyState.RUNNING and one.ends_on >= today]
    return Circumstances(
        today=today,
        views_by=current.views_by,
        tally=shown.tally if shown else None,
        is_side_known=is_side_known(
            discussion,
            local_today(discussion.opened_at, settings.zone),
            uow.evaluations.statements(discussion.client_id),
        ),
        has_failed_remedy=has_failed(remedies),
        tried_until=max(running, default=None),
    )
