"""What is said of trials: Slack takes it whatever was typed, nothing comes alive, no name in a notification."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.model import ClientStage
from bot.domain.remedies import RemedyOutcome, RemedyState, SuccessTest
from bot.domain.remedy_rules import MAX_TEXT_LENGTH
from bot.language import LANGUAGES, language
from bot.language.marks import QUOTED_LINE
from bot.playground.blocks import check_message
from bot.usecases.remedies.remedy_view import RemedyEnded, RemedyView
from bot.usecases.remedies.telling import Asking
from handlers.features import ids
from handlers.features.remedies.messages import build_ended, build_owned, build_to_confirm
from handlers.slack.painting.message import paint_message
from handlers.surface.message import Buttons, Message
from handlers.surface.reading import Reading
from tests.handlers.features.remedies.trials import NAME, NOW, remedy
from tests.hostile import hostile_texts
from tests.wire import alive, objects

readers = st.sampled_from(LANGUAGES).map(lambda code: Reading(language(code), "Europe/Amsterdam"))
ENGLISH = Reading(language("en"), "Europe/Amsterdam")
descriptions = st.sampled_from(("&" * MAX_TEXT_LENGTH, "x\ny")) | hostile_texts.map(lambda text: text[:MAX_TEXT_LENGTH])
judgements = st.sampled_from((None, *RemedyOutcome))


def asked(step: int = 1, **changes: Any) -> Message:
    return build_to_confirm(ENGLISH, Asking(RemedyView(remedy(**changes), NAME), step))


@given(readers, descriptions, hostile_texts.map(lambda text: text[:80]).filter(str.strip), judgements)
def test_slack_takes_every_message_and_nothing_typed_comes_alive(
    reading: Reading, description: str, name: str, judged: RemedyOutcome | None
) -> None:
    view = RemedyView(remedy(description=description, judged=judged), name)
    for message in (build_owned(reading, view), build_to_confirm(reading, Asking(view, 1))):
        assert name not in message.text or len(name) < 3
        painted = paint_message(message, {})
        assert check_message({"channel": "C1", "text": painted.text, "blocks": painted.blocks}) == []
        typed = [part["text"] for part in objects(painted.blocks) if part.get("type") == "mrkdwn"]
        assert [one for text in typed for one in alive(text)] == []


def test_every_line_of_a_description_stands_in_the_quote() -> None:
    view = RemedyView(remedy(description="First.\nThen."), NAME)
    text = next(iter(build_owned(ENGLISH, view).elements))
    assert str(getattr(text, "text", "")).endswith(f"\n{QUOTED_LINE}First.\n{QUOTED_LINE}Then.")


@pytest.mark.parametrize(
    ("judged", "actions"),
    [
        (None, [(ids.REMEDY_OUTCOME, "1")]),
        (RemedyOutcome.UNCLEAR, [(ids.REMEDY_OUTCOME, "1")]),
        (RemedyOutcome.WORKED, [(ids.REMEDY_CONFIRM, "1:worked"), (ids.REMEDY_OUTCOME, "1")]),
        (RemedyOutcome.DID_NOT_WORK, [(ids.REMEDY_CONFIRM, "1:did_not_work"), (ids.REMEDY_OUTCOME, "1")]),
    ],
)
def test_figures_that_say_something_can_be_agreed_with(
    judged: RemedyOutcome | None, actions: list[tuple[str, str]]
) -> None:
    row = asked(judged=judged).elements[-1]
    assert isinstance(row, Buttons)
    assert [(button.action, button.value) for button in row.buttons] == actions


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"judged": RemedyOutcome.DID_NOT_WORK, "judged_flags": 2}, "2 new flags of that kind came in."),
        (
            {"judged": RemedyOutcome.WORKED, "test": SuccessTest.SCORE_BELOW, "judged_score": 2.5, "test_points": 4.0},
            "The score was 2.5 on the last day; below 4 was the aim.",
        ),
        ({"judged": RemedyOutcome.UNCLEAR, "test": SuccessTest.BY_OWNER}, "Here your own judgement counts"),
        ({"judged": None}, "Here your own judgement counts"),
    ],
)
def test_the_question_says_what_the_figures_are(changes: dict[str, Any], said: str) -> None:
    assert said in list(asked(**changes).texts())[2]


def test_it_is_asked_in_other_words_each_time() -> None:
    assert len({list(asked(step).texts())[2] for step in (1, 2, 3)}) == 3


@pytest.mark.parametrize(
    ("changes", "stage", "code", "sentence"),
    [
        (
            {"outcome": RemedyOutcome.WORKED, "ended_at": NOW},
            ClientStage.ACTIVE,
            None,
            "Noted: It worked. We go on with this client as usual.",
        ),
        (
            {"outcome": RemedyOutcome.UNCLEAR, "ended_at": NOW},
            ClientStage.IN_REVIEW,
            "review-0001",
            "Noted: It’s unclear. The discussion goes on in review-0001.",
        ),
        ({"state": RemedyState.CALLED_OFF, "ended_at": NOW}, ClientStage.REMEDY, None, "Noted: it was called off."),
        ({}, ClientStage.REMEDY, "review-0001", "Noted: it goes on until 1 April 2026."),
    ],
)
def test_the_answer_says_what_was_noted_and_where_the_client_stands(
    changes: dict[str, Any], stage: ClientStage, code: str | None, sentence: str
) -> None:
    assert build_ended(language("en"), RemedyEnded(remedy(**changes), stage, code)) == Message(sentence)
