"""An evaluation as it is shown. Views are read for display here and nowhere else: this is the one gate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise

from msgspec import Struct

from bot.domain.decision_rules import is_side_known
from bot.domain.errors import NotFoundError
from bot.domain.evaluation import Answer, ClientStatement, Round, TeamView, Topic, ViewChoice, ViewsShown
from bot.domain.evaluation_rules import Tally, newest_views, tally, waiting_for
from bot.domain.timetable import local_today
from bot.usecases.actor import Actor
from bot.usecases.evaluation.asked import people_asked, seen_discussion
from bot.usecases.ports import UnitOfWork


class TopicAnswers(Struct, frozen=True):
    """What was said about one topic, one answer a person, in the order they were given; open while there is none."""

    topic: Topic
    answers: tuple[Answer, ...]


class ShownView(Struct, frozen=True):
    """A view as everybody in the discussion sees it.

    `person_id` is `None` where the workspace shows counts, and so is whether that person deals with the client.
    `before` are the choices that were changed since the views were first shown, oldest first.
    """

    choice: ViewChoice
    reason: str
    person_id: int | None
    deals_with: bool | None
    before: tuple[ViewChoice, ...]


class ShownViews(Struct, frozen=True):
    """The views of a round together: those of one choice beside each other, those who deal with the client first."""

    tally: Tally
    shown_as: ViewsShown
    views: tuple[ShownView, ...]


class Evaluation(Struct, frozen=True):
    """What is known in a discussion, what is open, and by when; `shown` is `None` while views are hidden.

    People are those asked who are still here: `answered` says who has given a view, never which. `is_side_known` says
    whether the client's side counts as heard for this discussion: what was said long ago does not.
    """

    round: Round
    asked: tuple[int, ...]
    answered: tuple[int, ...]
    away: tuple[int, ...]
    waited_for: tuple[int, ...]
    topics: tuple[TopicAnswers, ...]
    statements: tuple[ClientStatement, ...]
    is_side_known: bool
    shown: ShownViews | None

    @property
    def person_ids(self) -> frozenset[int]:
        """Everybody whom this names."""
        named = {*self.asked, *(answer.person_id for one in self.topics for answer in one.answers)}
        if self.round.early_by_id is not None:
            named.add(self.round.early_by_id)
        if self.shown is not None:
            named.update(view.person_id for view in self.shown.views if view.person_id is not None)
        return frozenset(named)


def read_evaluation(uow: UnitOfWork, workspace_id: int, discussion_id: int) -> Evaluation | None:
    """The evaluation of a discussion in its newest round; `None` when there is none."""
    discussion = uow.discussions.find(workspace_id, discussion_id)
    newest = uow.evaluations.newest_round(discussion_id)
    if discussion is None or newest is None:
        return None
    asked = people_asked(uow, discussion_id)
    answered = uow.evaluations.answered(discussion_id, newest.number)
    away = uow.evaluations.away(discussion_id, newest.number)
    said = standing_answers(uow.evaluations.answers(discussion_id))
    statements = tuple(uow.evaluations.statements(discussion.client_id))
    opened_on = local_today(discussion.opened_at, uow.people.workspace(workspace_id).settings.zone)
    return Evaluation(
        round=newest,
        asked=asked,
        answered=tuple(person for person in asked if person in answered),
        away=tuple(person for person in asked if person in away and person not in answered),
        waited_for=waiting_for(asked, away, answered),
        topics=tuple(TopicAnswers(topic, said.get(topic, ())) for topic in Topic),
        statements=statements,
        is_side_known=is_side_known(discussion, opened_on, statements),
        shown=_shown(newest, uow.evaluations.views(discussion_id, newest.number)) if newest.shown_at else None,
    )


def read_for(uow: UnitOfWork, actor: Actor, discussion_id: int) -> tuple[str, Evaluation]:
    """The case code and the evaluation, for who was asked in and for reviewers; raises `NotFoundError`."""
    discussion = seen_discussion(uow, actor, discussion_id)
    evaluation = read_evaluation(uow, actor.workspace_id, discussion_id)
    if evaluation is None:
        raise NotFoundError
    return discussion.code, evaluation


def views_for_decision(uow: UnitOfWork, discussion_id: int, number: int) -> tuple[TeamView, ...]:
    """The view of each person in round `number` that counts, for a decision's guards and its record, never for display.

    They may still be hidden: whoever shows any of it asks `read_evaluation`.
    """
    return newest_views(uow.evaluations.views(discussion_id, number))


def views_once_shown(uow: UnitOfWork, one: Round) -> tuple[TeamView, ...]:
    """Every view given in a round, those that were changed later too; none before they are shown."""
    return tuple(uow.evaluations.views(one.discussion_id, one.number)) if one.shown_at else ()


def has_quorum(uow: UnitOfWork, discussion_id: int, number: int) -> bool:
    """Whether enough people have a view in a round to decide on it."""
    return tally(views_for_decision(uow, discussion_id, number)).has_quorum


def standing_answers(answers: Iterable[Answer]) -> dict[Topic, tuple[Answer, ...]]:
    """The newest answer of each person to each topic, without those that were taken back."""
    newest: dict[tuple[Topic, int], Answer] = {}
    for answer in answers:
        newest[answer.topic, answer.person_id] = answer
    found: dict[Topic, list[Answer]] = {}
    for answer in newest.values():
        if answer.text:
            found.setdefault(answer.topic, []).append(answer)
    return {topic: tuple(said) for topic, said in found.items()}


def _shown(newest: Round, given: Sequence[TeamView]) -> ShownViews:
    views = newest_views(given)
    order = list(ViewChoice)
    if newest.shown_as is ViewsShown.COUNTS:
        # In an order of their own: that of the people would tell who said what.
        nameless = [ShownView(view.choice, view.reason, None, None, ()) for view in views]
        nameless.sort(key=lambda view: (order.index(view.choice), view.reason))
        return ShownViews(tally(views), newest.shown_as, tuple(nameless))
    named = [
        ShownView(view.choice, view.reason, view.person_id, view.deals_with, _before(given, view, newest.shown_at))
        for view in views
    ]
    named.sort(key=lambda view: (order.index(view.choice), not view.deals_with, view.person_id))
    return ShownViews(tally(views), newest.shown_as, tuple(named))


def _before(given: Sequence[TeamView], view: TeamView, shown_at: datetime | None) -> tuple[ViewChoice, ...]:
    """What somebody's choice was at the moment of showing and between that and now; earlier ones were never shown."""
    own = [one for one in given if one.person_id == view.person_id]
    hidden = [one for one in own if shown_at is not None and one.given_at <= shown_at]
    choices = [one.choice for one in own[max(len(hidden) - 1, 0) :]]
    return tuple(choice for choice, later in pairwise(choices) if choice is not later)
