"""Whatever JSON arrives, the checks answer with problems and never break."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.arguments import METHODS, check_arguments
from bot.playground.arguments_manifest import check_manifest
from bot.playground.blocks import Problem, check_message, check_view
from bot.playground.blocks_layout import SURFACES
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
KINDS = st.sampled_from(sorted({kind for blocks in SURFACES.values() for kind in blocks})) | st.sampled_from(
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


@given(ANY_JSON)
def test_any_json_is_answered(value: Any) -> None:
    view = value if isinstance(value, dict) else {}
    checks: list[Callable[[], list[Problem]]] = [
        lambda: check_message({"blocks": value}),
        lambda: check_message({"text": value, "attachments": value, "metadata": value}),
        lambda: check_message({"blocks": [value], "attachments": [{"blocks": [value]}]}),
        lambda: check_view(value),
        lambda: check_view({"type": "modal", "title": value, "blocks": [value]}),
        lambda: check_options(value),
        lambda: check_response_action(value, view),
        lambda: check_response_action({"response_action": "errors", "errors": value}, view),
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
    label = {"type": "plain_text", "text": "A"}
    number = {"type": "number_input", "is_decimal_allowed": True, "initial_value": value}
    image = {"type": "image", "alt_text": "A", "image_url": value}
    block = {"type": "input", "label": label, "element": number}
    assert check_view({"type": "modal", "title": label, "submit": label, "blocks": [block, image]}) != []
