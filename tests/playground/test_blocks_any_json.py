"""Whatever JSON arrives, the checks answer with problems and never break."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.arguments import METHODS, check_arguments
from bot.playground.arguments_manifest import check_manifest
from bot.playground.blocks import BLOCKS, Problem, check_message, check_view
from bot.playground.blocks_responses import check_options, check_response_action, check_response_message

FIELDS = st.sampled_from(
    [
        "type",
        "text",
        "blocks",
        "elements",
        "element",
        "options",
        "rows",
        "chart",
        "series",
        "axis_config",
        "categories",
        "data",
        "initial_options",
        "fields",
        "errors",
        "view",
        "features",
        "max_selected_items",
        "segments",
        "accessory",
        "attachments",
        "value",
        "option_groups",
    ]
)
KINDS = st.sampled_from(sorted(BLOCKS.schemas["message_block"]["discriminator"]["mapping"])) | st.sampled_from(
    [
        "modal",
        "home",
        "plain_text",
        "mrkdwn",
        "static_select",
        "checkboxes",
        "number_input",
        "pie",
        "line",
        "datepicker",
        "multi_static_select",
        "rich_text_section",
        "raw_text",
        "button",
    ]
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | KINDS
ANY_JSON: st.SearchStrategy[Any] = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS | st.text(max_size=3), inner, max_size=5),
    max_leaves=20,
)

LABEL = {"type": "plain_text", "text": "A"}
OPTIONS = [{"text": LABEL, "value": "1"}]
CELLS = [[{"type": "raw_text", "text": "A"}]] * 2
SERIES = [{"name": "A", "data": [{"label": "A", "value": 1}]}]
ELEMENTS: list[dict[str, Any]] = [
    {"type": "checkboxes", "options": OPTIONS, "initial_options": OPTIONS},
    {"type": "static_select", "option_groups": [{"label": LABEL, "options": OPTIONS}], "initial_option": OPTIONS[0]},
    {"type": "multi_static_select", "options": OPTIONS, "initial_options": OPTIONS, "max_selected_items": 1},
    {"type": "plain_text_input", "min_length": 1, "max_length": 2},
    {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "initial_value": "2", "max_value": "3"},
]
WHOLE: list[Any] = [
    *({"type": "input", "label": LABEL, "element": element, "block_id": "b"} for element in ELEMENTS),
    {"type": "section", "text": LABEL, "accessory": {"type": "button", "text": LABEL, "action_id": "a"}},
    {"type": "data_table", "caption": "A", "rows": CELLS, "row_header_column_index": 0},
    {
        "type": "data_visualization",
        "title": "A",
        "chart": {"type": "bar", "series": SERIES, "axis_config": {"categories": ["A"]}},
    },
]
VIEW = {"type": "modal", "title": LABEL, "blocks": [{"type": "input", "block_id": "b"}]}


def with_another(whole: Any, place: list[int], value: Any) -> Any:
    """`whole` with `value` in one place, which is found by a number at each step down."""
    if not place or not isinstance(whole, dict | list) or not whole:
        return value
    at, *below = place
    if isinstance(whole, list):
        index = at % len(whole)
        return [*whole[:index], with_another(whole[index], below, value), *whole[index + 1 :]]
    name = sorted(whole)[at % len(whole)]
    return whole | {name: with_another(whole[name], below, value)}


@given(st.sampled_from(WHOLE), st.lists(st.integers(0, 9), min_size=1, max_size=6), ANY_JSON)
def test_whatever_stands_in_one_place_is_answered(whole: Any, place: list[int], value: Any) -> None:
    block = with_another(whole, place, value)
    assert check_message({"blocks": [whole]}) == []
    for problems in (
        check_message({"blocks": [block, whole], "attachments": [{"blocks": [block]}]}),
        check_view({"type": "modal", "title": LABEL, "blocks": [block, block]}),
        check_view({"type": "home", "blocks": [block]}),
    ):
        assert all(isinstance(problem, Problem) for problem in problems)


@given(ANY_JSON)
def test_any_json_is_answered(value: Any) -> None:
    checks: list[Callable[[], list[Problem]]] = [
        lambda: check_message({"blocks": value}),
        lambda: check_message({"text": value, "attachments": value, "metadata": value}),
        lambda: check_message({"blocks": [value], "attachments": [{"blocks": [value]}]}),
        lambda: check_view(value),
        lambda: check_view({"type": "modal", "title": value, "blocks": [value]}),
        lambda: check_options(value),
        lambda: check_response_action(value, VIEW),
        lambda: check_response_action({"response_action": "errors", "errors": value}, VIEW),
        lambda: check_response_message(value),
        lambda: check_manifest(value),
    ]
    for check in checks:
        assert all(isinstance(problem, Problem) for problem in check())


@given(st.sampled_from(sorted(METHODS)), st.dictionaries(st.text(max_size=5), ANY_JSON, max_size=3), ANY_JSON)
def test_any_arguments_are_answered(method: str, arguments: dict[str, Any], value: Any) -> None:
    for given_arguments in (arguments, {"users": value, "limit": value, "name": value, "topic": value}):
        assert all(isinstance(problem, Problem) for problem in check_arguments(method, given_arguments))


def test_deep_nesting_is_answered() -> None:
    nested: dict[str, Any] = {"type": "divider"}
    for _ in range(300):
        nested = {"type": "rich_text", "elements": [nested]}
    assert check_message({"blocks": [nested]}) != []


@pytest.mark.parametrize("value", ["1" * 20_000 + "x", "https://" + "a" * 20_000 + " "])
def test_hostile_patterns_are_answered_fast(value: str) -> None:
    number = {"type": "number_input", "is_decimal_allowed": True, "initial_value": value}
    image = {"type": "image", "alt_text": "A", "image_url": value}
    block = {"type": "input", "label": LABEL, "element": number}
    assert check_view({"type": "modal", "title": LABEL, "submit": LABEL, "blocks": [block, image]}) != []
