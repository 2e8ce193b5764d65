"""Evaluations, and how Slack draws what is said about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.evaluation import (
    Answer,
    ClientStatement,
    Round,
    StatementSource,
    TeamView,
    Topic,
    ViewChoice,
    ViewsShown,
)
from bot.domain.evaluation_rules import MAX_ANSWER_LENGTH, MAX_REASON_LENGTH, MAX_STATEMENT_LENGTH, tally
from bot.domain.model import Discussion, DiscussionState, DiscussionStyle
from bot.language import LANGUAGES, Language, language
from bot.language.marks import PERSON
from bot.playground.blocks import check_message, check_view
from bot.usecases.evaluation.evaluation_view import Evaluation, ShownView, ShownViews, TopicAnswers
from bot.usecases.evaluation.form import EvaluationForm
from handlers.slack.painting.form import paint_form
from handlers.slack.painting.message import PaintedMessage, paint_elements, paint_message
from handlers.slack.painting.text import known_key
from handlers.slack.words import WORDS
from handlers.surface.form import Form
from handlers.surface.message import Message
from handlers.surface.reading import Reading
from tests.harness import words
from tests.hostile import hostile_texts
from tests.wire import alive, objects

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DISCUSSION = Discussion(1, 1, 7, 1, DiscussionStyle.THREAD, DiscussionState.OPEN, NOW, TODAY)
HIDDEN = Round(1, 1, NOW, TODAY)
SHOWN = replace(HIDDEN, shown_at=NOW)
PEOPLE = tuple(range(1, 31))
USERS = {person: f"U{person:08d}" for person in PEOPLE}
KNOWN = {known_key(PERSON, person): user for person, user in USERS.items()}
KEEP, PUT_RIGHT, PART, NO_VIEW = ViewChoice
LONG = ("&" * 5000, "x" * 5000, "<!channel>" * 500, "🙂" * 2500)
"""As much as somebody can type, also in signs that grow when they are written out."""

texts = hostile_texts.filter(str.strip)
readers = st.sampled_from(LANGUAGES).map(lambda code: language(code, WORDS))


def reading(t: Language) -> Reading:
    return Reading(t, "Europe/Amsterdam")


def shown_views(text: str, people: Sequence[int], shown_as: ViewsShown = ViewsShown.NAMES) -> ShownViews:
    choices = [list(ViewChoice)[person % 4] for person in people]
    views = [
        TeamView(1, 1, person, choice, text, deals_with=True, given_at=NOW)
        for person, choice in zip(people, choices, strict=True)
    ]
    is_named = shown_as is ViewsShown.NAMES
    return ShownViews(
        tally(views),
        shown_as,
        tuple(
            ShownView(
                view.choice,
                view.reason,
                view.person_id if is_named else None,
                view.deals_with if is_named else None,
                (KEEP, PART) if is_named else (),
            )
            for view in views
        ),
    )


def evaluation(text: str, people: Sequence[int] = (1, 2), **changes: Any) -> Evaluation:
    """An evaluation with `text` wherever somebody can have typed something."""
    answers = tuple(Answer(1, Topic.LEGAL, person, text[:MAX_ANSWER_LENGTH], NOW) for person in people)
    said = text[:MAX_STATEMENT_LENGTH]
    values: dict[str, Any] = {
        "round": SHOWN,
        "asked": tuple(people),
        "answered": tuple(people),
        "away": (),
        "waited_for": (),
        "topics": tuple(TopicAnswers(topic, tuple(replace(one, topic=topic) for one in answers)) for topic in Topic),
        "statements": (ClientStatement(1, 1, 7, said, said, TODAY, StatementSource.PHONE, 1, NOW, 1),) * 3,
        "is_side_known": True,
        "shown": shown_views(text[:MAX_REASON_LENGTH], people),
        **changes,
    }
    return Evaluation(**values)


def nothing_said() -> Evaluation:
    """An evaluation that has just begun."""
    return evaluation(
        "x",
        round=HIDDEN,
        topics=tuple(TopicAnswers(topic, ()) for topic in Topic),
        statements=(),
        is_side_known=False,
        shown=None,
        answered=(),
        waited_for=(1, 2),
    )


def form(text: str, **changes: Any) -> EvaluationForm:
    others = {topic: tuple(Answer(1, topic, person, text, NOW) for person in range(1, 6)) for topic in Topic}
    values: dict[str, Any] = {
        "discussion": DISCUSSION,
        "client_name": text[:80],
        "round": HIDDEN,
        "view": TeamView(1, 1, 9, PART, text[:MAX_REASON_LENGTH], deals_with=True, given_at=NOW),
        "answers": dict.fromkeys(Topic, text[:MAX_ANSWER_LENGTH]),
        "drafts": {},
        "others": others,
        "deals_with": True,
        "are_counts_refused": False,
        **changes,
    }
    return EvaluationForm(**values)


def living(parts: list[Any]) -> set[str]:
    """What Slack would bring to life in the mrkdwn of blocks, our own mentions left out."""
    found = {one for part in objects(parts) if part.get("type") == "mrkdwn" for one in alive(part["text"])}
    return found - {f"@{user}" for user in USERS.values()}


def assert_harmless(said: Message | Form) -> None:
    """Slack takes it, and nothing in it comes to life."""
    if isinstance(said, Form):
        view = paint_form(said, KNOWN)
        assert check_view(view) == []
        assert living([view]) == set()
        return
    painted = paint_message(said, KNOWN)
    assert check_message({"channel": "C1", "text": painted.text, "blocks": painted.blocks}) == []
    assert living(painted.blocks) == set()


def drawn(elements: Sequence[Any]) -> str:
    """The words that Slack draws."""
    return words(PaintedMessage("", paint_elements(elements, KNOWN)))
