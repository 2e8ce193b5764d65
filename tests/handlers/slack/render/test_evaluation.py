"""How an evaluation looks: Slack takes whatever was typed, none of it comes to life, and nothing hidden shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from slack_sdk.models.views import View

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
from bot.playground.blocks import check_message, check_view
from bot.usecases.evaluation import Evaluation, EvaluationForm, ShownView, ShownViews, TakingPart, TopicAnswers
from handlers.slack.render.block_json import plain
from handlers.slack.render.evaluation.everything import build_everything
from handlers.slack.render.evaluation.form import Page, build_form
from handlers.slack.render.evaluation.messages import (
    build_asked,
    build_deadline_moved,
    build_given,
    build_news,
    build_reminder,
    build_ways_out,
)
from handlers.slack.render.evaluation.paragraphs import paragraphs
from handlers.slack.render.evaluation.people import build_people_form
from handlers.slack.render.evaluation.statement import build_statement_form
from handlers.slack.render.message import Message
from handlers.slack.render.reading import Reading
from tests.harness import words
from tests.hostile import HOSTILE, hostile_texts
from tests.wire import alive, objects

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DISCUSSION = Discussion(1, 1, 7, 1, DiscussionStyle.THREAD, DiscussionState.OPEN, NOW, TODAY)
HIDDEN = Round(1, 1, NOW, TODAY)
SHOWN = replace(HIDDEN, shown_at=NOW)
PEOPLE = tuple(range(1, 31))
USERS = {person: f"U{person:08d}" for person in PEOPLE}
KEEP, PUT_RIGHT, PART, NO_VIEW = ViewChoice

texts = hostile_texts.filter(str.strip)
readers = st.sampled_from(LANGUAGES).map(language)


def reading(t: Language) -> Reading:
    return Reading(t, "Europe/Amsterdam", USERS)


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


def assert_harmless(message: Message | View) -> None:
    if isinstance(message, View):
        content = plain(message)
        assert check_view(content) == []
        assert living([content]) == set()
        return
    blocks = message.block_dicts()
    assert check_message({"channel": "C1", "text": message.painted().text, "blocks": blocks}) == []
    assert living(blocks) == set()


def drawn(message: Message) -> str:
    return words(_Drawn(message))  # type: ignore[arg-type]


class _Drawn:
    def __init__(self, message: Message) -> None:
        self.text, self.blocks = message.painted().text, message.block_dicts()


@given(readers, texts, st.sampled_from(Page), st.sampled_from([HIDDEN, SHOWN]))
def test_the_form_holds_whatever_was_typed(t: Language, text: str, page: Page, one: Round) -> None:
    assert_harmless(build_form(reading(t), form(text, round=one), page))
    counts = replace(one, shown_as=ViewsShown.COUNTS)
    assert_harmless(build_form(reading(t), form(text, round=counts, are_counts_refused=True), page))
    assert_harmless(build_given(t, form(text, round=one)))


@given(readers, texts)
def test_everything_that_was_said_can_be_read(t: Language, text: str) -> None:
    assert_harmless(build_everything(reading(t), "review-0001", evaluation(text)))
    assert_harmless(build_statement_form(t, 7, text[:80], TODAY))


@given(readers, texts.map(lambda text: text[:80]), st.booleans(), st.sampled_from(["shown", "again", "moved"]))
def test_messages_name_the_client_in_blocks_alone(t: Language, name: str, flag: bool, news: str) -> None:
    messages = [
        build_reminder(t, DISCUSSION, name, TODAY, is_today=flag, is_last=not flag),
        build_asked(t, DISCUSSION, name, TODAY),
        build_deadline_moved(t, DISCUSSION, name, TODAY),
        build_ways_out(t, DISCUSSION, name),
        build_news(t, DISCUSSION, news, TODAY),
    ]
    for message in messages:
        assert_harmless(message)
        assert message.painted().text.startswith(
            ("review-0001:", "You are asked into review-0001", "Je wordt gevraagd")
        )


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("typed", ["&" * 5000, "x" * 5000, "<!channel>" * 500, "🙂" * 2500, *HOSTILE])
def test_the_fullest_windows_fit_into_slack(code: str, typed: str) -> None:
    """Thirty people who all wrote as much as fits, in characters that grow when they are written out."""
    t, found = language(code), evaluation(typed, PEOPLE, waited_for=PEOPLE, away=PEOPLE)
    assert_harmless(build_everything(reading(t), "review-0001", found))
    for page in Page:
        assert_harmless(build_form(reading(t), form(typed), page))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("may_ask_in", [True, False])
def test_everybody_fits_into_the_window_about_who_takes_part(code: str, may_ask_in: bool) -> None:
    many = tuple(range(1, 500))
    taking_part = TakingPart(DISCUSSION, many, many, many, is_reader_waited_for=True, may_ask_in=may_ask_in)
    users = {person: f"U{person:08d}" for person in many}
    window = plain(build_people_form(Reading(language(code), "UTC", users), taking_part))
    assert check_view(window) == []
    assert "…" not in str(window["blocks"][0])


def test_lines_are_packed_without_tearing_one_apart() -> None:
    lines = ["x" * 1400] * 5
    assert [plain(block)["text"]["text"] for block in paragraphs(lines)] == ["\n".join(lines[:2])] * 2 + lines[:1]
