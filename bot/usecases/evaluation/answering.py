"""Answering in an evaluation: views, answers about a topic, and what is not given yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.domain.audit import AuditAction
from bot.domain.evaluation import Answer, Round, TeamView, Topic, ViewChoice
from bot.domain.evaluation_rules import MAX_ANSWER_LENGTH, MAX_REASON_LENGTH, answer_of, newest_views, reason_of
from bot.domain.flag_rules import text
from bot.domain.model import Discussion
from bot.usecases.actor import Actor
from bot.usecases.audit import note
from bot.usecases.evaluation.asked import asked_round, deals_with, held_open, refuse_unless_asked
from bot.usecases.evaluation.rounds import VIEW_FIELDS
from bot.usecases.evaluation.showing import look_again, redraw
from bot.usecases.ports import UnitOfWork

_TOPICS = tuple(topic.value for topic in Topic)


def give_view(
    uow: UnitOfWork, actor: Actor, discussion_id: int, choice: ViewChoice, reason: str, now: datetime
) -> Discussion:
    """Give a view, or change it; every view but "no view" has a reason. The same one again changes nothing.

    What was typed about topics is given with it. The views of a round are shown once nobody is waited for, and the
    client's alerts ask no more whether anything is done. Raises
    `NotFoundError` for somebody who was not asked, `DiscussionClosedError`, `EvaluationOverError`, or what is wrong
    with the reason, with the field `reason`.
    """
    discussion = held_open(uow, actor, discussion_id)
    refuse_unless_asked(uow, actor, discussion)
    newest = asked_round(uow, discussion)
    kept = reason_of(choice, reason)
    typed = uow.evaluations.drafts(discussion.id, actor.person.id)
    _keep_answers(uow, actor, discussion, {Topic(field): typed[field] for field in _TOPICS if field in typed}, now)
    uow.evaluations.drop_drafts(discussion.id, VIEW_FIELDS, actor.person.id)
    uow.evaluations.set_back(discussion.id, newest.number, actor.person.id)
    before = own_view(uow, discussion, newest, actor.person.id)
    if before is None or (before.choice, before.reason) != (choice, kept):
        _keep_view(uow, actor, discussion, newest, choice, kept, now)
    uow.alerts.mark_acted(discussion.client_id, now)
    redraw(uow, discussion, now)
    look_again(uow, discussion, now)
    return discussion


def own_view(uow: UnitOfWork, discussion: Discussion, newest: Round, person_id: int) -> TeamView | None:
    """The view that somebody has given in a round, for that person alone."""
    views = newest_views(uow.evaluations.views(discussion.id, newest.number))
    return next((view for view in views if view.person_id == person_id), None)


def _keep_view(
    uow: UnitOfWork,
    actor: Actor,
    discussion: Discussion,
    newest: Round,
    choice: ViewChoice,
    reason: str,
    now: datetime,
) -> None:
    uow.evaluations.add_view(
        TeamView(
            discussion_id=discussion.id,
            round=newest.number,
            person_id=actor.person.id,
            choice=choice,
            reason=reason,
            deals_with=deals_with(uow, discussion, actor.person.id),
            given_at=now,
        )
    )
    note(
        uow,
        actor.workspace_id,
        AuditAction.VIEW_GIVEN,
        now,
        actor_id=actor.person.id,
        client_id=discussion.client_id,
        subject=f"discussion:{discussion.id}",
        round=newest.number,
    )


def answer_topics(
    uow: UnitOfWork, actor: Actor, discussion_id: int, answers: Mapping[Topic, str], now: datetime
) -> Discussion:
    """Answer topics, or change what one said before; an empty answer takes it back, and the same changes nothing.

    Answers are facts for everybody in the discussion, at once. Raises `NotFoundError`, `DiscussionClosedError`, or
    `TextTooLongError` with the topic as its field.
    """
    discussion = held_open(uow, actor, discussion_id)
    refuse_unless_asked(uow, actor, discussion)
    if _keep_answers(uow, actor, discussion, answers, now):
        redraw(uow, discussion, now)
    return discussion


def _keep_answers(
    uow: UnitOfWork, actor: Actor, discussion: Discussion, answers: Mapping[Topic, str], now: datetime
) -> bool:
    """Store what differs from what the actor said before; says whether anything does."""
    kept = {topic: answer_of(topic, typed) for topic, typed in answers.items()}
    before = own_answers(uow, discussion.id, actor.person.id)
    changed = {topic: said for topic, said in kept.items() if said != before.get(topic, "")}
    for topic, said in changed.items():
        uow.evaluations.add_answer(Answer(discussion.id, topic, actor.person.id, said, now))
    uow.evaluations.drop_drafts(discussion.id, [topic.value for topic in kept], actor.person.id)
    return bool(changed)


def own_answers(uow: UnitOfWork, discussion_id: int, person_id: int) -> dict[Topic, str]:
    """What somebody has said about each topic, the newest of each."""
    return {one.topic: one.text for one in uow.evaluations.answers(discussion_id) if one.person_id == person_id}


def keep_drafts(uow: UnitOfWork, actor: Actor, discussion_id: int, typed: Mapping[str, str], now: datetime) -> None:
    """Keep what somebody has typed or chosen and not given yet, by field: a topic, `choice` or `reason`.

    It is there again when they open the form. What equals what they have given needs no draft. Raises
    `NotFoundError`, `DiscussionClosedError` or `TextTooLongError`.
    """
    discussion = held_open(uow, actor, discussion_id)
    refuse_unless_asked(uow, actor, discussion)
    given = _given(uow, actor, discussion)
    for field, raw in typed.items():
        kept = text(raw, MAX_ANSWER_LENGTH if field in _TOPICS else MAX_REASON_LENGTH)
        if kept == given.get(field, ""):
            uow.evaluations.drop_drafts(discussion.id, [field], actor.person.id)
        else:
            uow.evaluations.save_draft(discussion.id, actor.person.id, field, kept, now)


def _given(uow: UnitOfWork, actor: Actor, discussion: Discussion) -> dict[str, str]:
    answers = own_answers(uow, discussion.id, actor.person.id)
    given = {topic.value: said for topic, said in answers.items()}
    newest = uow.evaluations.newest_round(discussion.id)
    view = own_view(uow, discussion, newest, actor.person.id) if newest else None
    if view is not None:
        given.update(choice=view.choice.value, reason=view.reason)
    return given
