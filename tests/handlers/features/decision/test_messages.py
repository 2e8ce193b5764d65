"""How decisions look: Slack takes them whatever was typed, nothing of it comes alive, no name in a notification."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.decision import Decision, DecisionOutcome, DecisionState
from bot.domain.decision_rules import MAX_TEXT_LENGTH
from bot.domain.model import Client, Discussion, DiscussionState, DiscussionStyle
from bot.language import LANGUAGES, Language, language
from bot.playground.blocks import check_message, check_view
from bot.usecases.decision import DecisionView, FlagOutcome
from handlers.features import ids
from handlers.features.decision.dialogs import (
    build_decided,
    build_decline_form,
    build_proposal,
    build_reopen_form,
    build_word_said,
)
from handlers.features.decision.messages import (
    build_decision,
    build_due,
    build_flag_outcome,
    build_settled,
    build_to_confirm,
)
from handlers.slack.render.block_json import plain
from handlers.slack.render.message import Message
from handlers.slack.render.reading import Reading
from tests.hostile import hostile_texts
from tests.wire import alive, objects

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NAME = "Zonnebloem"
DISCUSSION = Discussion(1, 1, 7, 1, DiscussionStyle.CHANNEL, DiscussionState.OPEN, NOW, TODAY)
USERS = {1: "U1", 2: "U2"}

said = st.sampled_from(("", "&" * MAX_TEXT_LENGTH, "x\ny")) | hostile_texts.map(lambda text: text[:MAX_TEXT_LENGTH])
readers = st.sampled_from(LANGUAGES).map(language)
decisions = st.builds(
    Decision,
    id=st.just(1),
    workspace_id=st.just(1),
    client_id=st.just(7),
    discussion_id=st.just(1),
    round=st.just(1),
    outcome=st.sampled_from(DecisionOutcome),
    state=st.sampled_from(DecisionState),
    reason=said,
    next_on=st.just(TODAY),
    made_by_id=st.sampled_from((1, 9)),
    made_at=st.just(NOW),
    snapshot=st.just({}),
    learned=said,
    against_majority=said,
    no_remedy_possible=said,
    client_side_waived=said,
    confirmed_by_id=st.sampled_from((None, 2, 9)),
    reopened_by_id=st.sampled_from((None, 2)),
    reopen_reason=said,
    declined_by_id=st.sampled_from((None, 2)),
    decline_reason=said,
)


def view_of(decision: Decision, name: str = NAME, *, is_to_ask: bool = True) -> DecisionView:
    return DecisionView(decision, Client(7, 1, name), DISCUSSION.code, is_to_ask, (2,))


def messages(t: Language, view: DecisionView) -> list[Message]:
    reading = Reading(t, "Europe/Amsterdam", USERS)
    taken = view.decision if view.decision.state is DecisionState.TAKEN else None
    return [
        build_decision(reading, view),
        build_to_confirm(reading, view, 2),
        build_settled(reading, view),
        build_due(reading, view, 2),
        build_flag_outcome(t, FlagOutcome(view.client.name, view.code, taken, has_left=False)),
        build_flag_outcome(t, FlagOutcome(view.client.name, view.code, taken, has_left=True)),
    ]


@given(readers, decisions, hostile_texts.map(lambda text: text[:80]).filter(str.strip), st.booleans())
def test_slack_takes_every_message_and_nothing_typed_comes_alive(
    t: Language, decision: Decision, name: str, is_to_ask: bool
) -> None:
    for message in messages(t, view_of(decision, name, is_to_ask=is_to_ask)):
        blocks = message.block_dicts()
        assert check_message({"channel": "C1", "text": message.painted().text, "blocks": blocks}) == []
        assert alive(message.painted().text) == []
        typed = [part["text"] for part in objects(blocks) if part.get("type") == "mrkdwn"]
        assert {one for text in typed for one in alive(text)} <= {f"@{user}" for user in USERS.values()}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("state", DecisionState)
@pytest.mark.parametrize("outcome", DecisionOutcome)
def test_no_notification_names_the_client(code: str, state: DecisionState, outcome: DecisionOutcome) -> None:
    decision = Decision(1, 1, 7, 1, 1, outcome, state, "Because.", TODAY, 1, NOW, {})
    for message in messages(language(code), view_of(decision)):
        assert NAME not in message.painted().text
        assert DISCUSSION.code in message.painted().text


@given(readers, decisions)
def test_slack_takes_every_window(t: Language, decision: Decision) -> None:
    view, reading = view_of(decision), Reading(t, "Europe/Amsterdam", USERS)
    windows = [
        build_proposal(reading, view, is_own=False, may_confirm=True),
        build_proposal(reading, view, is_own=True, may_confirm=False),
        build_proposal(reading, view, is_own=True, may_confirm=True),
        build_decline_form(t, view),
        build_reopen_form(t, view),
        build_decided(t, view, is_others=True),
        build_decided(t, view, is_others=False),
        build_word_said(t, view),
    ]
    for window in windows:
        assert check_view(plain(window)) == []


def test_a_decision_whose_letter_was_sent_offers_no_reopening() -> None:
    reading = Reading(language("en"), "Europe/Amsterdam", USERS)
    taken = Decision(1, 1, 7, 1, 1, DecisionOutcome.PART, DecisionState.TAKEN, "Because.", TODAY, 1, NOW, {})
    assert ids.DECISION_REOPEN in json.dumps(build_decision(reading, view_of(taken)).block_dicts())
    sent = replace(taken, letter_sent_at=NOW)
    assert ids.DECISION_REOPEN not in json.dumps(build_decision(reading, view_of(sent)).block_dicts())
