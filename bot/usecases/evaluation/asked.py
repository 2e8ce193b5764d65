"""Who is asked for a view, and whether somebody may answer."""

from __future__ import annotations

from bot.domain.errors import DiscussionClosedError, EvaluationOverError, NotFoundError
from bot.domain.evaluation import Round
from bot.domain.model import Discussion, DiscussionState
from bot.usecases.actor import Actor
from bot.usecases.ports import UnitOfWork

_NOT_IN_IT = ("refused", "left")


def people_asked(uow: UnitOfWork, discussion_id: int) -> tuple[int, ...]:
    """Who was asked into a discussion and is still here, in the order of their ids."""
    states = uow.discussions.people(discussion_id)
    return tuple(sorted(uow.people.present(person for person, state in states.items() if state not in _NOT_IN_IT)))


def seen_discussion(uow: UnitOfWork, actor: Actor, discussion_id: int) -> Discussion:
    """A discussion that the actor was asked into or reviews; raises `NotFoundError`."""
    discussion = uow.discussions.find(actor.workspace_id, discussion_id)
    if discussion is None:
        raise NotFoundError
    if not actor.person.is_reviewer and actor.person.id not in people_asked(uow, discussion.id):
        raise NotFoundError
    return discussion


def seen_open(uow: UnitOfWork, actor: Actor, discussion_id: int) -> Discussion:
    """The discussion if it is open and the actor sees it; raises `NotFoundError` or `DiscussionClosedError`."""
    discussion = seen_discussion(uow, actor, discussion_id)
    if discussion.state is DiscussionState.CLOSED:
        raise DiscussionClosedError
    return discussion


def held_open(uow: UnitOfWork, actor: Actor, discussion_id: int) -> Discussion:
    """An open discussion that the actor was asked into or reviews, with its client held against other writers.

    Raises `NotFoundError` or `DiscussionClosedError`.
    """
    known = seen_discussion(uow, actor, discussion_id)
    uow.clients.locked(actor.workspace_id, known.client_id)
    return seen_open(uow, actor, discussion_id)


def refuse_unless_asked(uow: UnitOfWork, actor: Actor, discussion: Discussion) -> None:
    """Raise `NotFoundError` for somebody whose view is not asked for, a reviewer who came later among them."""
    if actor.person.id not in people_asked(uow, discussion.id):
        raise NotFoundError


def asked_round(uow: UnitOfWork, discussion: Discussion) -> Round:
    """The round in which views are asked; raises `EvaluationOverError` once a decision has been taken."""
    newest = uow.evaluations.newest_round(discussion.id)
    if newest is None or newest.ended_at is not None:
        raise EvaluationOverError
    return newest


def deals_with(uow: UnitOfWork, discussion: Discussion, person_id: int) -> bool:
    """Whether somebody looks after the client of a discussion, or deals with it."""
    client = uow.clients.find(discussion.workspace_id, discussion.client_id)
    if client is None:
        return False
    return person_id == client.owner_id or person_id in uow.clients.people_of(client.id)
