"""Asking colleagues into an open discussion by name."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from bot.domain.audit import AuditAction
from bot.domain.errors import DiscussionClosedError, NotFoundError, ReviewersOnlyError
from bot.domain.model import Discussion, DiscussionState, DiscussionStyle
from bot.domain.notices import DiscussionOpening, DiscussionPeople, EvaluationAsked
from bot.domain.visibility import may_open_discussion
from bot.usecases.actor import Actor
from bot.usecases.audit import note
from bot.usecases.evaluation.taking_part import say_away
from bot.usecases.ports import UnitOfWork

_OUT_OF_IT = ("left", "refused")


def ask_in(
    uow: UnitOfWork, actor: Actor, discussion_id: int, person_ids: Iterable[int], now: datetime
) -> tuple[int, ...]:
    """Ask colleagues into an open discussion and for their view; returns those who were not in it before.

    Somebody who came back, or who could not be invited the first time, is asked anew.
    The caller has made sure that they are full members. For reviewers; raises `ReviewersOnlyError`, `NotFoundError` or
    `DiscussionClosedError`.
    """
    if not may_open_discussion(actor.person):
        raise ReviewersOnlyError
    discussion = _locked(uow, actor, discussion_id)
    asked = _wanted(uow, discussion, sorted(uow.people.present(person_ids)))
    if not asked:
        return ()
    if discussion.style is DiscussionStyle.CHANNEL:
        uow.outbox.put_once(discussion.workspace_id, DiscussionPeople(discussion.id), now)
    for person_id in asked:
        uow.outbox.put_once(discussion.workspace_id, EvaluationAsked(discussion.id, person_id), now)
        note(
            uow,
            actor.workspace_id,
            AuditAction.ASKED_IN,
            now,
            actor_id=actor.person.id,
            client_id=discussion.client_id,
            subject=f"discussion:{discussion.id}",
            person=person_id,
        )
    uow.outbox.put_once(discussion.workspace_id, DiscussionOpening(discussion.id), now)
    return tuple(asked)


def say_who_takes_part(
    uow: UnitOfWork, actor: Actor, discussion_id: int, asked: Collection[int], away: Collection[int], now: datetime
) -> None:
    """Ask in the colleagues in `asked`, and wait no more for those in `away`; raises as `ask_in` and `say_away`."""
    if asked:
        ask_in(uow, actor, discussion_id, asked, now)
    if away:
        say_away(uow, actor, discussion_id, away, now)


def _wanted(uow: UnitOfWork, discussion: Discussion, person_ids: list[int]) -> list[int]:
    """Those of `person_ids` who are wanted from now on and were not before."""
    states = uow.discussions.people(discussion.id)
    again = [person_id for person_id in person_ids if states.get(person_id) in _OUT_OF_IT]
    for person_id in again:
        uow.discussions.set_person_state(discussion.id, person_id, "wanted")
    return sorted([*again, *uow.discussions.ask_in(discussion.id, person_ids)])


def _locked(uow: UnitOfWork, actor: Actor, discussion_id: int) -> Discussion:
    known = uow.discussions.find(actor.workspace_id, discussion_id)
    if known is None or uow.clients.locked(actor.workspace_id, known.client_id) is None:
        raise NotFoundError
    discussion = uow.discussions.find(actor.workspace_id, discussion_id) or known
    if discussion.state is DiscussionState.CLOSED:
        raise DiscussionClosedError
    return discussion
