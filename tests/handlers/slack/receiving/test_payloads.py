"""What Slack sends, and what nobody sends: every payload is decoded once, and what is none does no harm."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.slack.receiving.payloads import (
    BlockActions,
    EventCallback,
    Sender,
    ViewSubmission,
    payload_in,
)

PERSON = {"user": {"id": "U1", "team_id": "T1"}, "team": {"id": "T1"}, "trigger_id": "1.1"}
WINDOW = {"id": "V1", "type": "modal", "callback_id": "this", "state": {"values": {"a": {"a": {"value": None}}}}}
BODIES: dict[str, dict[str, Any]] = {
    "command": {"command": "/this", "team_id": "T1", "user_id": "U1", "channel_id": "C1", "trigger_id": "1.1"},
    "block_actions": {"type": "block_actions", "actions": [{"action_id": "this", "value": "1"}], **PERSON},
    "block_suggestion": {"type": "block_suggestion", "action_id": "this", "value": "", "view": WINDOW, **PERSON},
    "view_submission": {"type": "view_submission", "view": WINDOW, **PERSON},
    "view_closed": {"type": "view_closed", "view": WINDOW, **PERSON},
    "message_action": {
        "type": "message_action",
        "callback_id": "this",
        "channel": {"id": "C1"},
        "message": {"ts": "1.1", "text": "x"},
        **PERSON,
    },
    "shortcut": {"type": "shortcut", "callback_id": "this", **PERSON},
    "event_callback": {"type": "event_callback", "team_id": "T1", "event_id": "E1", "event": {"type": "this"}},
}
NEEDED = [
    ("command", "user_id"),
    ("command", "channel_id"),
    ("command", "trigger_id"),
    ("block_actions", "user"),
    ("block_actions", "trigger_id"),
    ("block_actions", "actions"),
    ("block_suggestion", "value"),
    ("view_submission", "view"),
    ("message_action", "message"),
    ("message_action", "channel"),
    ("shortcut", "callback_id"),
    ("event_callback", "event_id"),
    ("event_callback", "event"),
]


@pytest.mark.parametrize("kind", BODIES)
def test_a_payload_knows_its_kind_and_what_it_is_for(kind: str) -> None:
    payload = payload_in(BODIES[kind])
    assert payload is not None
    assert payload.interaction_type == kind
    assert payload.bound_to.removeprefix("/") == "this"
    assert payload.sender.team_id == "T1"


@pytest.mark.parametrize(("kind", "missing"), NEEDED)
def test_what_slack_always_sends_has_to_be_there(kind: str, missing: str) -> None:
    body = deepcopy(BODIES[kind])
    del body[missing]
    assert payload_in(body) is None


@pytest.mark.parametrize(
    "body", [{}, {"type": "url_verification"}, {"type": None}, {"type": ["x"]}, {"type": "never_heard_of"}]
)
def test_what_is_no_payload_is_none(body: dict[str, Any]) -> None:
    assert payload_in(body) is None


def test_a_click_on_nothing_and_a_form_without_a_state_are_none() -> None:
    assert payload_in({**BODIES["block_actions"], "actions": []}) is None
    assert payload_in({**BODIES["view_submission"], "view": {"id": "V1"}}) is None


@pytest.mark.parametrize("ts", ["", "now", "-1", "NaN", "1e400", "9" * 30, "1.1.1", "١.١"])
def test_a_message_without_a_moment_is_none(ts: str) -> None:
    assert payload_in({**BODIES["message_action"], "message": {"ts": ts}}) is None


@pytest.mark.parametrize("seconds", [-1, 10**30])
def test_an_event_at_no_moment_is_none(seconds: int) -> None:
    assert payload_in({**BODIES["event_callback"], "event_time": seconds}) is None


def test_a_window_without_an_id_or_a_form_without_a_type_is_none() -> None:
    assert payload_in({**BODIES["block_actions"], "view": {**WINDOW, "id": ""}}) is None
    assert payload_in({**BODIES["view_submission"], "view": {**WINDOW, "type": ""}}) is None


def test_somebody_of_another_organisation_is_told_from_one_of_ours() -> None:
    payload = payload_in({**BODIES["shortcut"], "user": {"id": "U9", "team_id": "T9"}})
    assert payload is not None
    assert payload.sender == Sender("T1", "U9", "T9")


def test_an_answer_is_read_in_the_conversation_unless_a_window_was_clicked() -> None:
    clicked = {**BODIES["block_actions"], "channel": {"id": "C1"}}
    in_message, in_window = payload_in(clicked), payload_in({**clicked, "view": WINDOW})
    assert isinstance(in_message, BlockActions)
    assert isinstance(in_window, BlockActions)
    assert (in_message.screen, in_message.is_in_modal) == ("C1", False)
    assert (in_window.screen, in_window.is_in_modal) == (None, True)


def test_an_event_names_its_channel_and_person_in_either_way() -> None:
    for channel, user in (("C1", "U1"), ({"id": "C1", "name": "x"}, {"id": "U1", "deleted": True})):
        event = {"type": "this", "channel": channel, "user": user}
        payload = payload_in({**BODIES["event_callback"], "event": event})
        assert isinstance(payload, EventCallback)
        assert (payload.event.channel_id, payload.event.user_id) == ("C1", "U1")
        assert payload.event.tells_of_leaving is isinstance(user, dict)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "type", "a"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.sampled_from(sorted(BODIES)), st.data())
def test_whatever_stands_in_a_payload_it_is_decoded_or_none(kind: str, data: st.DataObject) -> None:
    body = deepcopy(BODIES[kind])
    body[data.draw(st.sampled_from(sorted(body)))] = data.draw(anything)
    payload = payload_in(body)
    assert payload is None or payload.interaction_type in BODIES
    if isinstance(payload, ViewSubmission):
        assert payload.view.state is not None
