"""The living overview of a discussion: Slack takes whatever was typed, and nothing hidden shows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from msgspec.structs import replace

from bot.domain.decision import DecisionOutcome
from bot.domain.evaluation import ViewsShown
from bot.domain.model import DiscussionState, Standing
from bot.domain.thresholds import Confidence
from bot.language import LANGUAGES, Language, language
from bot.usecases.discussion.discussion_view import DiscussionView
from bot.usecases.evaluation.evaluation_view import Evaluation
from handlers.features import ids
from handlers.features.discussion.overview import build_opening
from handlers.slack.painting.message import MAX_BLOCKS_LENGTH, paint_message, text_length
from handlers.slack.words import WORDS
from handlers.surface.message import Buttons
from tests.handlers.features.cases import NOW, decision, remedy
from tests.handlers.features.evaluation.cases import (
    DISCUSSION,
    HIDDEN,
    KNOWN,
    LONG,
    PEOPLE,
    USERS,
    assert_harmless,
    drawn,
    evaluation,
    nothing_said,
    readers,
    reading,
    shown_views,
    texts,
)
from tests.hostile import HOSTILE


def overview(found: Evaluation, name: str = "Acme", **changes: Any) -> DiscussionView:
    values: dict[str, Any] = {
        "discussion": DISCUSSION,
        "client_name": name,
        "standing": Standing.IN_REVIEW,
        "score": 8.0,
        "confidence": Confidence.FAIR,
        "people": found.asked,
        "waiting": (),
        "reporters": frozenset(found.asked),
        "alert": None,
        "thread_reason": None,
        "evaluation": found,
        **changes,
    }
    return DiscussionView(**values)


@given(readers, texts)
def test_the_overview_holds_whatever_was_typed(t: Language, text: str) -> None:
    view = overview(evaluation(text), text[:80], remedies=(remedy(1, text[:500]),), decision=decision(1, text[:600]))
    assert_harmless(build_opening(reading(t), view))
    counted = evaluation(text, shown=shown_views(text, (1, 2), ViewsShown.COUNTS))
    assert_harmless(build_opening(reading(t), overview(counted)))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("typed", [*LONG, *HOSTILE])
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
    )
    t = language(code, WORDS)
    message = build_opening(reading(t), view)
    assert text_length(paint_message(message, KNOWN).blocks) <= MAX_BLOCKS_LENGTH
    assert_harmless(message)


def test_hidden_views_leave_no_trace_but_who_has_answered() -> None:
    t = language("en", WORDS)
    found = evaluation("x", (1, 2, 3), round=HIDDEN, answered=(1,), away=(2,), waited_for=(3,), shown=None)
    seen = drawn(build_opening(reading(t), overview(found)).elements)
    assert "○ *Views*: 1 of 3 in so far." in seen
    assert f"No answer yet: <@{USERS[3]}>" in seen
    assert f"Can’t answer now: <@{USERS[2]}>" in seen
    for choice in ("Keep this client", "Put it right first", "Part ways", "No view"):
        assert choice not in seen


def test_what_is_open_is_said_and_goes_once_it_is_there() -> None:
    t = language("en", WORDS)
    empty = drawn(build_opening(reading(t), overview(nothing_said())).elements)
    assert (empty.count("○"), empty.count("✓")) == (3, 0)
    assert "Questions without an answer" not in empty
    begun = evaluation("x")
    topics = (replace(begun.topics[0], answers=()), *begun.topics[1:])
    some = drawn(build_opening(reading(t), overview(replace(begun, topics=topics))).elements)
    assert "*Questions without an answer*: How it has been" in some
    full = drawn(build_opening(reading(t), overview(evaluation("x"), remedies=(remedy(),))).elements)
    assert (full.count("○"), full.count("✓")) == (0, 3)
    assert "Questions without an answer" not in full


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_overview_stays_on_one_screen(code: str) -> None:
    t = language(code, WORDS)
    for found in (nothing_said(), evaluation("x")):
        message = build_opening(reading(t), overview(found, remedies=(remedy(1), remedy(2))))
        rows = [element for element in message.elements if isinstance(element, Buttons)]
        assert [len(row.buttons) for row in rows] == [3]
        assert len(message.elements) <= 9


def test_after_a_decision_to_part_it_says_what_comes_now() -> None:
    t = language("en", WORDS)
    ended = evaluation("x", round=replace(HIDDEN, ended_at=NOW))
    parted = decision(5, outcome=DecisionOutcome.PART)
    message = build_opening(reading(t), overview(ended, standing=Standing.PARTING, decision=parted))
    blocks = paint_message(message, KNOWN).blocks
    assert "*What comes now*" in drawn(message.elements)
    assert ids.FAREWELL_CHECK in str(blocks)
    for over in (ids.EVALUATION_GIVE, ids.DECISION_START, ids.REMEDY_START):
        assert over not in str(blocks)


def test_what_the_client_said_long_ago_is_shown_as_open() -> None:
    seen = drawn(build_opening(reading(language("en", WORDS)), overview(evaluation("x", is_side_known=False))).elements)
    assert "○ *The client’s side*, 2 March 2026, on the phone: x" in seen
    assert "please ask again" in seen


def test_a_closed_discussion_says_so_and_what_was_decided() -> None:
    closed = replace(DISCUSSION, state=DiscussionState.CLOSED)
    view = overview(evaluation("x"), discussion=closed, decision=decision(1, "They have kept their word."))
    message = build_opening(reading(language("en", WORDS)), view)
    assert paint_message(message, KNOWN).text == "review-0001 is closed."
    assert "They have kept their word." in drawn(message.elements)
    assert "actions" not in [block["type"] for block in paint_message(message, KNOWN).blocks]
