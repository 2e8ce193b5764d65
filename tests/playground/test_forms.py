"""Input elements: what they hold at first, what a person can put in, what Slack's window objects to."""

from typing import Any

import pytest

from bot.playground import NotPossible, Playground
from bot.playground.forms import chosen_value, initial_value, problem_with
from tests.playground.app_side import Api, Listener


def option(value: str, text: str = "") -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": text or value.title()}, "value": value}


ONE, TWO = option("one"), option("two")
OPTIONS = {"options": [ONE, TWO]}


@pytest.mark.parametrize(
    ("kind", "fields", "at_first", "choice", "chosen"),
    [
        ("plain_text_input", {}, {"value": None}, "hi", {"value": "hi"}),
        ("plain_text_input", {"initial_value": "x"}, {"value": "x"}, "", {"value": None}),
        ("number_input", {"is_decimal_allowed": True}, {"value": None}, 1.5, {"value": "1.5"}),
        ("static_select", OPTIONS, {"selected_option": None}, "two", {"selected_option": TWO}),
        ("static_select", {"option_groups": [OPTIONS]}, {"selected_option": None}, "Two", {"selected_option": TWO}),
        (
            "radio_buttons",
            {**OPTIONS, "initial_option": ONE},
            {"selected_option": ONE},
            None,
            {"selected_option": None},
        ),
        ("checkboxes", OPTIONS, {"selected_options": []}, ["one", "Two"], {"selected_options": [ONE, TWO]}),
        ("multi_static_select", OPTIONS, {"selected_options": []}, ["one"], {"selected_options": [ONE]}),
        ("datepicker", {"initial_date": "2026-03-02"}, {"selected_date": "2026-03-02"}, None, {"selected_date": None}),
        ("timepicker", {}, {"selected_time": None}, "09:30", {"selected_time": "09:30"}),
        ("users_select", {}, {"selected_user": None}, "U1", {"selected_user": "U1"}),
        ("multi_users_select", {}, {"selected_users": []}, ["U1", "U2"], {"selected_users": ["U1", "U2"]}),
        ("conversations_select", {}, {"selected_conversation": None}, "C1", {"selected_conversation": "C1"}),
    ],
)
def test_values_of_elements(
    kind: str, fields: dict[str, Any], at_first: dict[str, Any], choice: Any, chosen: dict[str, Any]
) -> None:
    element = {"type": kind, "action_id": "a", **fields}
    assert initial_value(element) == {"type": kind, **at_first}
    assert chosen_value(element, choice, []) == {"type": kind, **chosen}


@pytest.mark.parametrize(
    ("element", "choice"),
    [
        ({"type": "plain_text_input", "max_length": 3}, "four"),
        ({"type": "plain_text_input"}, "x" * 3001),
        ({"type": "plain_text_input"}, "two\nlines"),
        ({"type": "static_select", **OPTIONS}, "three"),
        ({"type": "checkboxes", **OPTIONS}, ["three"]),
        ({"type": "multi_static_select", **OPTIONS, "max_selected_items": 1}, ["one", "two"]),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["U1", "U2"]),
        ({"type": "datepicker"}, "2 March"),
        ({"type": "timepicker"}, "noon"),
        ({"type": "button"}, "x"),
    ],
)
def test_what_cannot_be_put_in(element: dict[str, Any], choice: Any) -> None:
    with pytest.raises(NotPossible):
        chosen_value(element, choice, [])


@pytest.mark.parametrize(
    ("element", "typed", "is_fine"),
    [
        ({"type": "plain_text_input", "min_length": 3}, "abc", True),
        ({"type": "plain_text_input", "min_length": 3}, "ab", False),
        ({"type": "number_input", "is_decimal_allowed": False}, "12", True),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", False),
        ({"type": "number_input", "is_decimal_allowed": True}, "1.5", True),
        ({"type": "number_input", "is_decimal_allowed": True}, "one", False),
        ({"type": "number_input", "is_decimal_allowed": False, "min_value": "1"}, "1", True),
        ({"type": "number_input", "is_decimal_allowed": False, "min_value": "1"}, "0", False),
        ({"type": "number_input", "is_decimal_allowed": False, "max_value": "9"}, "10", False),
    ],
)
def test_what_stops_a_submission(element: dict[str, Any], typed: str, is_fine: bool) -> None:
    problem = problem_with(element, {"type": element["type"], "value": typed})
    assert (problem is None) is is_fine


async def test_optional_field_may_stay_empty_and_choices_outside_forms_are_told_at_once(
    playground: Playground, api: Api, listener: Listener
) -> None:
    anna = playground.add_user("anna")
    text = {"type": "plain_text", "text": "Note"}
    field = {
        "type": "input",
        "block_id": "what",
        "optional": True,
        "label": text,
        "element": {"type": "plain_text_input", "action_id": "typed"},
    }
    pick = {"type": "actions", "block_id": "pick", "elements": [{"type": "radio_buttons", "action_id": "r", **OPTIONS}]}
    view = {"type": "modal", "title": text, "submit": text, "blocks": [field, pick]}
    trigger = playground.world.triggers.issue(anna.id)
    assert (await api("views.open", trigger_id=trigger, view=view))["ok"]

    assert (await anna.select(anna.view, "r", "two")).ok
    told = listener.asked[-1]
    assert (told["type"], told["actions"][0]["selected_option"]["value"]) == ("block_actions", "two")
    assert told["view"]["state"]["values"]["pick"]["r"]["selected_option"]["value"] == "two"

    assert (await anna.submit()).ok
    values = listener.asked[-1]["view"]["state"]["values"]
    assert values["what"]["typed"]["value"] is None
    assert values["pick"]["r"]["selected_option"]["value"] == "two"
