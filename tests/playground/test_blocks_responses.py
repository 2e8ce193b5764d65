"""What Slack accepts and refuses of an app's answers."""

from typing import Any

import pytest

from bot.playground.blocks_responses import check_options, check_response_action, check_response_message

Json = dict[str, Any]

PLAIN = {"type": "plain_text", "text": "A"}
OPTION = {"text": PLAIN, "value": "1"}
GROUP = {"label": PLAIN, "options": [OPTION]}
INPUT = {"type": "input", "block_id": "name", "label": PLAIN, "element": {"type": "plain_text_input"}}
VIEW: Json = {
    "type": "modal",
    "title": PLAIN,
    "submit": PLAIN,
    "blocks": [INPUT, {"type": "divider", "block_id": "line"}],
}


@pytest.mark.parametrize("response", [{"options": []}, {"options": [OPTION] * 100}, {"option_groups": [GROUP] * 100}])
def test_options_are_accepted(response: Json) -> None:
    assert check_options(response) == []


@pytest.mark.parametrize(
    "response",
    [
        None,
        "",
        [],
        [OPTION],
        {},
        {"options": [OPTION] * 101},
        {"option_groups": [GROUP] * 101},
        {"options": [OPTION], "option_groups": [GROUP]},
        {"options": [{"text": {"type": "mrkdwn", "text": "A"}, "value": "1"}]},
        {"options": [{"text": "A", "value": "1"}]},
        {"options": [{"text": PLAIN, "value": 1}]},
        {"options": [OPTION], "selected": 1},
    ],
)
def test_options_are_refused(response: Any) -> None:
    assert {problem.error for problem in check_options(response)} == {"invalid_options"}


@pytest.mark.parametrize(
    "body",
    [
        None,
        "",
        {},
        {"response_action": "clear"},
        {"response_action": "errors", "errors": {"name": "Too short"}},
        {"response_action": "update", "view": VIEW},
        {"response_action": "push", "view": VIEW},
    ],
)
def test_an_answer_to_a_submission_is_accepted(body: Any) -> None:
    assert check_response_action(body, VIEW) == []


@pytest.mark.parametrize(
    "body",
    [
        [],
        "errors",
        {"errors": {"name": "Too short"}},
        {"response_action": "close"},
        {"response_action": "clear", "view": VIEW},
        {"response_action": "errors"},
        {"response_action": "errors", "errors": {}},
        {"response_action": "errors", "errors": {"line": "No input"}},
        {"response_action": "errors", "errors": {"nowhere": "Not there"}},
        {"response_action": "errors", "errors": {"name": ""}},
        {"response_action": "errors", "errors": {"name": None}},
        {"response_action": "errors", "errors": ["name"]},
        {"response_action": "update"},
        {"response_action": "update", "view": VIEW | {"title": None}},
        {"response_action": "push", "view": {"type": "home", "blocks": []}},
    ],
)
def test_an_answer_to_a_submission_is_refused(body: Any) -> None:
    assert check_response_action(body, VIEW) != []


@pytest.mark.parametrize(
    "body",
    [
        None,
        "",
        "Recorded.",
        {"text": "Recorded.", "response_type": "in_channel"},
        {"blocks": [{"type": "divider"}], "replace_original": True},
        {"delete_original": True},
    ],
)
def test_a_message_in_answer_is_accepted(body: Any) -> None:
    assert check_response_message(body) == []


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ([], "invalid_payload"),
        ({"text": "A", "response_type": "public"}, "invalid_payload"),
        ({"text": "A", "channel": "C1"}, "invalid_payload"),
        ({"text": 1}, "invalid_payload"),
        ({}, "no_text"),
        ({"blocks": [{"type": "nope"}]}, "invalid_blocks"),
        ("A" * 40_001, "msg_too_long"),
    ],
)
def test_a_message_in_answer_is_refused(body: Any, error: str) -> None:
    assert {problem.error for problem in check_response_message(body)} == {error}
