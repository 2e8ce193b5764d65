"""What is said of decisions: Slack takes it whatever was typed, nothing comes alive, no name in a notification."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.decision import Decision, DecisionOutcome, DecisionState
from bot.domain.decision_rules import MAX_TEXT_LENGTH
from bot.domain.model import Client, Discussion, DiscussionState, DiscussionStyle
from bot.language import LANGUAGES, Language, language
from bot.language.marks import PERSON
from bot.playground.blocks import check_message, check_view
from bot.usecases.decision.decision_view import DecisionView, FlagOutcome
from bot.usecases.decision.telling import Asking
from handlers.features import ids
from handlers.features.decision.dialogs import (
    build_decided,
    build_decided_already,
    build_decline_form,
    build_proposal,
    build_reopen_form,
)
from handlers.features.decision.messages import (
    build_decision,
    build_due,
    build_flag_outcome,
    build_settled,
    build_to_confirm,
)
from handlers.slack.painting.form import paint_form
from handlers.slack.painting.message import paint_message
from handlers.slack.painting.text import known_key
from handlers.surface.form import Form
from handlers.surface.message import Buttons, Message
from handlers.surface.reading import Reading
from tests.hostile import hostile_texts
from tests.wire import alive, objects

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NAME = "Zonnebloem"
DISCUSSION = Discussion(1, 1, 7, 1, DiscussionStyle.CHANNEL, DiscussionState.OPEN, NOW, TODAY)
KNOWN = {known_key(PERSON, 1): "U1", known_key(PERSON, 2): "U2"}

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


def reading_of(t: Language) -> Reading:
    return Reading(t, "Europe/Amsterdam")


def messages(t: Language, view: DecisionView) -> list[Message]:
    reading = reading_of(t)
    taken = view.decision if view.decision.state is DecisionState.TAKEN else None
    return [
        build_decision(reading, view),
        build_to_confirm(reading, Asking(view, 2)),
        build_settled(reading, view),
        build_due(reading, Asking(view, 2)),
        build_flag_outcome(reading, FlagOutcome(view.client.name, view.code, taken, has_left=False)),
        build_flag_outcome(reading, FlagOutcome(view.client.name, view.code, taken, has_left=True)),
    ]


def living(painted: Any) -> set[str]:
    """What comes to life in blocks."""
    typed = [part["text"] for part in objects(painted) if part.get("type") == "mrkdwn"]
    return {one for text in typed for one in alive(text)}


@given(readers, decisions, hostile_texts.map(lambda text: text[:80]).filter(str.strip), st.booleans())
def test_slack_takes_every_message_and_nothing_typed_comes_alive(
    t: Language, decision: Decision, name: str, is_to_ask: bool
) -> None:
    for message in messages(t, view_of(decision, name, is_to_ask=is_to_ask)):
        painted = paint_message(message, KNOWN)
        assert check_message({"channel": "C1", "text": painted.text, "blocks": painted.blocks}) == []
        assert alive(painted.text) == []
        assert living(painted.blocks) <= {"@U1", "@U2"}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("state", DecisionState)
@pytest.mark.parametrize("outcome", DecisionOutcome)
def test_no_notification_names_the_client(code: str, state: DecisionState, outcome: DecisionOutcome) -> None:
    decision = Decision(1, 1, 7, 1, 1, outcome, state, "Because.", TODAY, 1, NOW, {})
    for message in messages(language(code), view_of(decision)):
        assert NAME not in message.text
        assert DISCUSSION.code in message.text


@given(readers, decisions)
def test_slack_takes_every_dialog_and_nothing_typed_comes_alive(t: Language, decision: Decision) -> None:
    dialogs: list[Form] = [
        *(build_proposal(reading_of(t), view_of(decision), reader) for reader in (1, 2, 9)),
        build_decline_form(t, decision.id),
        build_reopen_form(t, decision.id),
        build_decided(t, decision),
        build_decided_already(t, decision),
    ]
    for dialog in dialogs:
        painted = paint_form(dialog, KNOWN)
        assert check_view(painted) == []
        assert living(painted) <= {"@U1", "@U2"}


PROPOSED = Decision(1, 1, 7, 1, 1, DecisionOutcome.PART, DecisionState.PROPOSED, "Because.", TODAY, 1, NOW, {})


@pytest.mark.parametrize(
    ("reader", "confirmers", "submit", "word", "told"),
    [
        (2, (2,), "Confirm", "Don’t confirm", ""),
        (1, (2,), None, "Take it back", "You proposed this, so another reviewer confirms it."),
        (1, (1,), "Confirm", "Take it back", "No other reviewer is here, so you can confirm it yourself."),
    ],
)
def test_a_proposal_offers_the_word_that_its_reader_may_say(
    reader: int, confirmers: tuple[int, ...], submit: str | None, word: str, told: str
) -> None:
    view = replace(view_of(PROPOSED), confirmers=confirmers)
    shown = build_proposal(reading_of(language("en")), view, reader)
    (row,) = [element for element in shown.elements if isinstance(element, Buttons)]
    assert (shown.submit, row.buttons[0].label) == (submit, word)
    assert list(shown.texts())[3:] == ([told] if told else [])


def test_whoever_proposes_or_comes_second_is_told_so() -> None:
    t, taken = language("en"), replace(PROPOSED, state=DecisionState.TAKEN)
    waits, late = "Another reviewer is asked now.", "A colleague was just ahead of you."
    assert waits in next(build_decided(t, PROPOSED).texts())
    assert waits not in next(build_decided(t, taken).texts())
    assert next(build_decided_already(t, taken).texts()).startswith(late)
    assert late not in next(build_decided(t, taken).texts())


def test_a_decision_whose_letter_was_sent_offers_no_reopening() -> None:
    reading = reading_of(language("en"))
    taken = replace(PROPOSED, state=DecisionState.TAKEN)
    assert ids.DECISION_REOPEN in _actions(build_decision(reading, view_of(taken)))
    sent = build_decision(reading, view_of(replace(taken, letter_sent_at=NOW)))
    assert ids.DECISION_REOPEN not in _actions(sent)


def _actions(message: Message) -> list[str]:
    rows = [element for element in message.elements if isinstance(element, Buttons)]
    return [button.action for row in rows for button in row.buttons]
