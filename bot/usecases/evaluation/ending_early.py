"""Ending the waiting for views before its time, once two are in: a reviewer does, and says why."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from bot.domain.audit import AuditAction
from bot.domain.decision_errors import TooFewInError
from bot.domain.errors import ReviewersOnlyError
from bot.domain.evaluation import Round
from bot.domain.evaluation_rules import MAX_REASON_LENGTH, at_field, may_end_early
from bot.domain.flag_rules import required_text
from bot.domain.model import Discussion
from bot.domain.visibility import may_decide
from bot.usecases.actor import Actor
from bot.usecases.audit import note
from bot.usecases.evaluation.asked import asked_round, held_open, people_asked
from bot.usecases.evaluation.rounds import remind_no_more
from bot.usecases.evaluation.showing import show
from bot.usecases.ports import UnitOfWork


class EarlyEnd(Struct, frozen=True):
    """A round that a reviewer can end now: how many of those asked have answered, and until when the others can."""

    discussion: Discussion
    client_name: str
    views_by: date
    answered: int
    asked: int


def read_early_end(uow: UnitOfWork, discussion: Discussion, current: Round, client_name: str) -> EarlyEnd | None:
    """The round as a reviewer can end it early; `None` where they cannot."""
    answered = uow.evaluations.answered(discussion.id, current.number)
    if not may_end_early(current, len(answered)):
        return None
    asked = people_asked(uow, discussion.id)
    return EarlyEnd(discussion, client_name, current.views_by, len(answered), len({*asked, *answered}))


def end_early(uow: UnitOfWork, actor: Actor, discussion_id: int, reason: str, now: datetime) -> Discussion:
    """Show the views that are in to all, with the reason; others can still give theirs until it is decided.

    For reviewers. Where the views show already, nothing changes. Raises `NotFoundError`, `ReviewersOnlyError`,
    `DiscussionClosedError`, `EvaluationOverError`, `TooFewInError`, or what is wrong with the reason, with the field
    `early_reason`.
    """
    discussion = held_open(uow, actor, discussion_id)
    if not may_decide(actor.person):
        raise ReviewersOnlyError
    newest = asked_round(uow, discussion)
    if newest.shown_at is not None:
        return discussion
    if not may_end_early(newest, len(uow.evaluations.answered(discussion.id, newest.number))):
        raise TooFewInError
    with at_field("early_reason"):
        said = required_text(reason, MAX_REASON_LENGTH)
    uow.evaluations.set_early(newest, actor.person.id, said)
    note(
        uow,
        actor.workspace_id,
        AuditAction.ROUND_ENDED_EARLY,
        now,
        actor_id=actor.person.id,
        client_id=discussion.client_id,
        subject=f"discussion:{discussion.id}",
        round=newest.number,
    )
    remind_no_more(uow, newest, discussion.workspace_id)
    show(uow, discussion, newest, "early", now)
    return discussion
