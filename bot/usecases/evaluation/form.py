"""The evaluation form as one person sees it: what they said and typed, and what others have answered."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from bot.domain.evaluation import Answer, Round, TeamView, Topic, ViewsShown
from bot.domain.model import Discussion
from bot.usecases.actor import Actor
from bot.usecases.evaluation.answering import own_answers, own_view
from bot.usecases.evaluation.asked import asked_round, deals_with, refuse_unless_asked, seen_open
from bot.usecases.evaluation.evaluation_view import standing_answers
from bot.usecases.ports import UnitOfWork


class EvaluationForm(Struct, frozen=True):
    """Everything the form shows to one person; of the views it holds that person's own alone.

    `drafts` is what they typed or chose and have not given yet, by field, and goes before `answers` and `view`.
    `are_counts_refused` says that the workspace wants counts and too few people are asked for them to hide anybody.
    """

    discussion: Discussion
    client_name: str
    round: Round
    view: TeamView | None
    answers: Mapping[Topic, str]
    drafts: Mapping[str, str]
    others: Mapping[Topic, tuple[Answer, ...]]
    deals_with: bool
    are_counts_refused: bool

    def typed(self, topic: Topic) -> str:
        """What stands in a topic's field."""
        return self.drafts.get(topic.value, self.answers.get(topic, ""))

    @property
    def choice(self) -> str:
        """The chosen view; empty where none is."""
        return self.drafts.get("choice", self.view.choice.value if self.view else "")

    @property
    def reason(self) -> str:
        """The reason as it stands in its field."""
        return self.drafts.get("reason", self.view.reason if self.view else "")


def read_form(uow: UnitOfWork, actor: Actor, discussion_id: int) -> EvaluationForm:
    """The form for the actor; raises `NotFoundError`, `DiscussionClosedError` or `EvaluationOverError`."""
    discussion = seen_open(uow, actor, discussion_id)
    refuse_unless_asked(uow, actor, discussion)
    newest = asked_round(uow, discussion)
    client = uow.clients.find(actor.workspace_id, discussion.client_id)
    wants_counts = actor.settings.views_shown is ViewsShown.COUNTS
    said = standing_answers(uow.evaluations.answers(discussion.id))
    return EvaluationForm(
        discussion=discussion,
        client_name=client.name if client else "",
        round=newest,
        view=own_view(uow, discussion, newest, actor.person.id),
        answers=own_answers(uow, discussion.id, actor.person.id),
        drafts=uow.evaluations.drafts(discussion.id, actor.person.id),
        others={
            topic: tuple(answer for answer in answers if answer.person_id != actor.person.id)
            for topic, answers in said.items()
        },
        deals_with=deals_with(uow, discussion, actor.person.id),
        are_counts_refused=wants_counts and newest.shown_as is ViewsShown.NAMES,
    )
