"""Who takes part in a round, who is away, and who is still waited for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from bot.domain.audit import AuditAction
from bot.domain.errors import NotFoundError, ReviewersOnlyError
from bot.domain.evaluation import Round
from bot.domain.evaluation_rules import waiting_for
from bot.domain.model import Discussion, DiscussionState
from bot.domain.visibility import may_open_discussion
from bot.usecases.actor import Actor
from bot.usecases.audit import note
from bot.usecases.evaluation.asked import asked_round, held_open, people_asked, seen_open
from bot.usecases.evaluation.showing import look_again, redraw
from bot.usecases.ports import UnitOfWork


class TakingPart(Struct, frozen=True):
    """Who was asked in a discussion's newest round, and who of them is waited for or away, as one person sees it.

    `is_reader_waited_for` is about that person; `may_ask_in` says whether they can ask in others and say who is away.
    """

    discussion: Discussion
    asked: tuple[int, ...]
    waited_for: tuple[int, ...]
    away: tuple[int, ...]
    is_reader_waited_for: bool
    may_ask_in: bool


def people_waited_for(uow: UnitOfWork, discussion: Discussion, newest: Round) -> tuple[int, ...]:
    """Who was asked, is here, can answer, and has not."""
    return waiting_for(
        people_asked(uow, discussion.id),
        uow.evaluations.away(discussion.id, newest.number),
        uow.evaluations.answered(discussion.id, newest.number),
    )


def is_waited_for(uow: UnitOfWork, discussion: Discussion, number: int, person_id: int) -> bool:
    """Whether the view of one person is still asked for in round `number` of a discussion."""
    newest = uow.evaluations.newest_round(discussion.id)
    if newest is None or newest.number != number or newest.ended_at is not None:
        return False
    return discussion.state is DiscussionState.OPEN and person_id in people_waited_for(uow, discussion, newest)


def read_taking_part(uow: UnitOfWork, actor: Actor, discussion_id: int) -> TakingPart:
    """Who takes part, for who was asked and for reviewers; raises `NotFoundError` or `DiscussionClosedError`."""
    discussion = seen_open(uow, actor, discussion_id)
    newest = uow.evaluations.newest_round(discussion_id)
    if newest is None:
        raise NotFoundError
    asked = people_asked(uow, discussion_id)
    away = uow.evaluations.away(discussion_id, newest.number)
    answered = uow.evaluations.answered(discussion_id, newest.number)
    return TakingPart(
        discussion=discussion,
        asked=asked,
        waited_for=waiting_for(asked, away, answered),
        away=tuple(person for person in asked if person in away and person not in answered),
        is_reader_waited_for=is_waited_for(uow, discussion, newest.number, actor.person.id),
        may_ask_in=may_open_discussion(actor.person),
    )


def say_away(uow: UnitOfWork, actor: Actor, discussion_id: int, person_ids: Iterable[int], now: datetime) -> Discussion:
    """Nobody waits for these people in this round any more; they can still answer.

    Everybody may say so of themselves, a reviewer of anybody. Raises `NotFoundError`, `ReviewersOnlyError`,
    `DiscussionClosedError` or `EvaluationOverError`.
    """
    said_of = set(person_ids)
    if said_of - {actor.person.id} and not actor.person.is_reviewer:
        raise ReviewersOnlyError
    discussion = held_open(uow, actor, discussion_id)
    newest = asked_round(uow, discussion)
    for person_id in sorted(said_of & set(people_waited_for(uow, discussion, newest))):
        uow.evaluations.set_away(discussion.id, newest.number, person_id, now)
        note(
            uow,
            actor.workspace_id,
            AuditAction.SAID_AWAY,
            now,
            actor_id=actor.person.id,
            client_id=discussion.client_id,
            subject=f"discussion:{discussion.id}",
            person=person_id,
        )
    redraw(uow, discussion, now)
    look_again(uow, discussion, now)
    return discussion
