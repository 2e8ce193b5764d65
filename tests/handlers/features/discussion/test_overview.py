"""The living overview of a discussion: Slack takes whatever was typed, and nothing hidden shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
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
from bot.domain.model import Discussion, DiscussionState, DiscussionStyle, Standing
from bot.domain.thresholds import Confidence
from bot.language import LANGUAGES, Language, language
from bot.language.marks import PERSON
from bot.playground.blocks import check_message
from bot.usecases.discussion.discussion_view import DiscussionView
from bot.usecases.evaluation.evaluation_view import Evaluation, ShownView, ShownViews, TopicAnswers
from handlers.features.discussion.overview import build_opening
from handlers.slack.painting.message import MAX_BLOCKS_LENGTH, PaintedMessage, paint_message, text_length
from handlers.slack.painting.text import known_key
from handlers.slack.words import WORDS
from handlers.surface.message import Message
from handlers.surface.reading import Reading
from tests.handlers.features.cases import decision, remedy
from tests.hostile import HOSTILE, hostile_texts
from tests.wire import alive, objects

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DISCUSSION = Discussion(1, 1, 7, 1, DiscussionStyle.THREAD, DiscussionState.OPEN, NOW, TODAY)
HIDDEN = Round(1, 1, NOW, TODAY)
SHOWN = replace(HIDDEN, shown_at=NOW)
PEOPLE = tuple(range(1, 31))
USERS = {person: f"U{person:08d}" for person in PEOPLE}
KNOWN = {known_key(PERSON, person): user for person, user in USERS.items()}
KEEP, _, PART, _ = ViewChoice

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


def overview(found: Evaluation, name: str = "Acme", **changes: Any) -> DiscussionView:
    values: dict[str, Any] = {
        "discussion": DISCUSSION,
        "client_name": name,
        "standing": Standing.IN_REVIEW,
        "score": 8.0,
        "confidence": Confidence.FAIR,
        "flags_by_category": (("late_payment", 1),),
        "people": found.asked,
        "waiting": (),
        "reporters": frozenset(found.asked),
        "alert": None,
        "thread_reason": None,
        "evaluation": found,
        **changes,
    }
    return DiscussionView(**values)


def painted(message: Message) -> PaintedMessage:
    return paint_message(message, KNOWN)


def assert_harmless(message: Message) -> None:
    """Slack takes it, and nothing that was typed comes to life."""
    shown = painted(message)
    assert check_message({"channel": "C1", "text": shown.text, "blocks": shown.blocks}) == []
    parts = (part["text"] for part in objects(shown.blocks) if part.get("type") == "mrkdwn")
    assert {one for text in parts for one in alive(text)} <= {f"@{user}" for user in USERS.values()}


def drawn(message: Message) -> str:
    """Everything that stands in it."""
    shown = painted(message)
    texts = (part["text"] for part in objects(shown.blocks) if isinstance(part.get("text"), str))
    return "\n".join([shown.text, *texts])


@given(readers, texts)
def test_the_overview_holds_whatever_was_typed(t: Language, text: str) -> None:
    view = overview(evaluation(text), text[:80], remedies=(remedy(1, text[:500]),), decision=decision(1, text[:600]))
    assert_harmless(build_opening(reading(t), view))
    counted = evaluation(text, shown=shown_views(text, (1, 2), ViewsShown.COUNTS))
    assert_harmless(build_opening(reading(t), overview(counted)))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("typed", ["&" * 5000, "x" * 5000, "<!channel>" * 500, "🙂" * 2500, *HOSTILE])
def test_the_fullest_overview_fits_into_slack(code: str, typed: str) -> None:
    """Thirty people who all wrote as much as fits, in characters that grow when they are written out."""
    found = evaluation(typed, PEOPLE, waited_for=PEOPLE, away=PEOPLE)
    view = overview(
        found,
        typed[:80],
        remedies=tuple(remedy(number, typed[:600]) for number in range(1, 10)),
        decision=decision(
            1,
            typed[:600],
            learned=typed[:600],
            against_majority=typed[:600],
            no_remedy_possible=typed[:600],
            client_side_waived=typed[:600],
        ),
        flags_by_category=tuple((f"{typed[:40]}{number}", 99) for number in range(40)),
    )
    t = language(code, WORDS)
    message = build_opening(reading(t), view)
    assert text_length(painted(message).blocks) <= MAX_BLOCKS_LENGTH
    assert_harmless(message)


def test_hidden_views_leave_no_trace_but_who_has_answered() -> None:
    t = language("en", WORDS)
    found = evaluation("x", (1, 2, 3), round=HIDDEN, answered=(1,), away=(2,), waited_for=(3,), shown=None)
    seen = drawn(build_opening(reading(t), overview(found)))
    assert "○ *Views*: 1 of 3 in so far." in seen
    assert f"No answer yet: <@{USERS[3]}>" in seen
    assert f"Can’t answer now: <@{USERS[2]}>" in seen
    for choice in ("Keep this client", "Put it right first", "Part ways", "No view"):
        assert choice not in seen


def test_every_part_ticks_itself_off() -> None:
    t = language("en", WORDS)
    nothing = evaluation(
        "x",
        round=HIDDEN,
        topics=tuple(TopicAnswers(topic, ()) for topic in Topic),
        statements=(),
        is_side_known=False,
        shown=None,
        answered=(),
        waited_for=(1, 2),
    )
    empty = drawn(build_opening(reading(t), overview(nothing)))
    assert (empty.count("○"), empty.count("✓")) == (13, 0)
    full = drawn(build_opening(reading(t), overview(evaluation("x"), remedies=(remedy(),))))
    assert (full.count("○"), full.count("✓")) == (0, 13)


def test_what_the_client_said_long_ago_is_shown_as_open() -> None:
    seen = drawn(build_opening(reading(language("en", WORDS)), overview(evaluation("x", is_side_known=False))))
    assert "○ *The client’s side*, 2 March 2026, on the phone: x" in seen
    assert "please ask again" in seen


def test_a_closed_discussion_says_so_and_what_was_decided() -> None:
    closed = replace(DISCUSSION, state=DiscussionState.CLOSED)
    view = overview(evaluation("x"), discussion=closed, decision=decision(1, "They have kept their word."))
    message = build_opening(reading(language("en", WORDS)), view)
    assert painted(message).text == "review-0001 is closed."
    assert "They have kept their word." in drawn(message)
    assert "actions" not in [block["type"] for block in painted(message).blocks]
