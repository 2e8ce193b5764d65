"""What Slack accepts and refuses of modals and Home tabs."""

from typing import Any

import pytest

from bot.playground.blocks import Problem, check_view

Json = dict[str, Any]

PLAIN = {"type": "plain_text", "text": "A"}
SECTION = {"type": "section", "text": PLAIN}
INPUT = {"type": "input", "label": PLAIN, "element": {"type": "plain_text_input"}}
MODAL: Json = {"type": "modal", "title": PLAIN, "blocks": [SECTION]}
HOME: Json = {"type": "home", "blocks": [SECTION]}


@pytest.mark.parametrize(
    "view",
    [
        MODAL,
        HOME,
        MODAL | {"blocks": []},
        MODAL | {"blocks": [INPUT], "submit": PLAIN},
        MODAL | {"close": PLAIN, "clear_on_close": True, "notify_on_close": False},
        MODAL | {"private_metadata": "", "callback_id": "", "external_id": ""},
        HOME | {"blocks": [INPUT], "private_metadata": "m", "callback_id": "c", "external_id": "e"},
    ],
)
def test_a_view_is_accepted(view: Json) -> None:
    assert check_view(view) == []


@pytest.mark.parametrize(
    ("view", "pointer", "message"),
    [
        (None, "/view", "must provide an object"),
        ([], "/view", "must provide an object"),
        ({}, "/view", "missing required field: type"),
        ({"type": "message"}, "/view/type", "unsupported type: message"),
        ({"type": "modal", "blocks": []}, "/view", "missing required field: title"),
        ({"type": "modal", "title": PLAIN}, "/view", "missing required field: blocks"),
        ({"type": "home"}, "/view", "missing required field: blocks"),
        (MODAL | {"blocks": {}}, "/view/blocks", "must provide an array"),
        (MODAL | {"title": "A"}, "/view/title", "must provide an object"),
        (MODAL | {"title": {"type": "mrkdwn", "text": "A"}}, "/view/title/type", "unsupported type: mrkdwn"),
        (
            MODAL | {"title": {"type": "plain_text", "text": ""}},
            "/view/title/text",
            "must be more than 0 characters",
        ),
        (MODAL | {"hash": "1.2"}, "/view", "invalid additional property: hash"),
        (MODAL | {"clear_on_close": 1}, "/view/clear_on_close", "must provide a boolean"),
        (
            MODAL | {"blocks": [INPUT]},
            "/view",
            "`submit` is required when an `input` block is within blocks array",
        ),
        (HOME | {"title": PLAIN}, "/view", "invalid additional property: title"),
        (HOME | {"submit": PLAIN}, "/view", "invalid additional property: submit"),
        (
            MODAL | {"blocks": [{"type": "data_table"}]},
            "/view/blocks/0/type",
            "unsupported type: data_table",
        ),
        (
            HOME | {"blocks": [{"type": "data_visualization"}]},
            "/view/blocks/0/type",
            "unsupported type: data_visualization",
        ),
        (
            MODAL | {"blocks": [SECTION | {"block_id": "b"}] * 2},
            "/view/blocks",
            "`block_id` of `b` already exists",
        ),
    ],
)
def test_a_view_is_refused(view: Any, pointer: str, message: str) -> None:
    assert check_view(view) == [Problem("invalid_arguments", pointer, message)]


def test_only_one_element_of_a_view_takes_the_focus() -> None:
    focused = INPUT | {"element": {"type": "plain_text_input", "focus_on_load": True}}
    assert check_view(MODAL | {"blocks": [focused, INPUT], "submit": PLAIN}) == []
    assert check_view(MODAL | {"blocks": [focused, focused], "submit": PLAIN}) == [
        Problem("invalid_arguments", "/view/blocks", "only one element can be set to focus_on_load")
    ]
