"""A discussion as its opening, the living overview, shows it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.domain.decision import Decision
from bot.domain.model import Alert, Discussion, Standing
from bot.domain.remedies import Remedy
from bot.domain.score import weightless_before
from bot.domain.thresholds import Confidence, assess, confidence, standing_of
from bot.domain.timetable import local_today
from bot.usecases.evaluation.evaluation_view import Evaluation, read_evaluation
from bot.usecases.ports import UnitOfWork

_NOT_IN_IT = ("refused", "left")


class DiscussionView(Struct, frozen=True):
    """Everything that a discussion's opening shows; reporters are among `people`, never named as such.

    `waiting` are those who are still to be invited, `reporters` those who flagged or witnessed, for private words to
    them alone. `remedies` come newest first; `decision` is the last one, which may be proposed, declined or reopened.
    """

    discussion: Discussion
    client_name: str
    standing: Standing
    score: float
    confidence: Confidence
    people: tuple[int, ...]
    waiting: tuple[int, ...]
    reporters: frozenset[int]
    alert: Alert | None
    thread_reason: str | None
    evaluation: Evaluation | None = None
    remedies: tuple[Remedy, ...] = ()
    decision: Decision | None = None


def read_discussion(uow: UnitOfWork, workspace_id: int, discussion_id: int, now: datetime) -> DiscussionView | None:
    """A discussion as its opening shows it at `now`; `None` when it or its client is gone."""
    discussion = uow.discussions.find(workspace_id, discussion_id)
    client = uow.clients.find(workspace_id, discussion.client_id) if discussion else None
    if discussion is None or client is None:
        return None
    settings = uow.people.workspace(workspace_id).settings
    on = local_today(now, settings.zone)
    since = weightless_before(settings.policy, on)
    flags = uow.flags.scored(client.id, since)
    assessment = assess(flags, settings.policy, on)
    states = sorted(uow.discussions.people(discussion.id).items())
    return DiscussionView(
        discussion=discussion,
        client_name=client.name,
        standing=standing_of(client.stage, client.alerted, assessment, settings.policy),
        score=assessment.score,
        confidence=confidence(assessment.figures.flags, assessment.figures.people),
        people=tuple(person_id for person_id, state in states if state not in _NOT_IN_IT),
        waiting=tuple(person_id for person_id, state in states if state == "wanted"),
        reporters=frozenset(uow.flags.people_behind(client.id, since)),
        alert=uow.alerts.find(workspace_id, discussion.alert_id) if discussion.alert_id else None,
        thread_reason=uow.discussions.thread_reason(discussion.id),
        evaluation=read_evaluation(uow, workspace_id, discussion.id),
        remedies=tuple(uow.remedies.of_client(client.id)),
        decision=next(iter(uow.decisions.of_discussion(discussion.id)), None),
    )
