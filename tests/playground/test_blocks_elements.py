"""Which block elements may stand where, and what each must look like."""

from typing import Any

import pytest

from bot.playground.blocks import Problem, check_message, check_view

Json = dict[str, Any]

PLAIN = {"type": "plain_text", "text": "A"}
MRKDWN = {"type": "mrkdwn", "text": "A"}
OPTION = {"text": PLAIN, "value": "1"}
OTHER = {"text": PLAIN, "value": "2"}
CONFIRM = {"title": PLAIN, "text": MRKDWN, "confirm": PLAIN, "deny": PLAIN}

ELEMENTS: dict[str, Json] = {
    "button": {"text": PLAIN, "value": "v", "style": "primary", "confirm": CONFIRM, "action_id": "a"},
    "checkboxes": {"options": [{"text": MRKDWN, "value": "1", "description": MRKDWN}, OTHER]},
    "radio_buttons": {"options": [OPTION, OTHER], "initial_option": OTHER},
    "datepicker": {"initial_date": "2026-02-28", "placeholder": PLAIN},
    "timepicker": {"initial_time": "23:59", "timezone": "Europe/Amsterdam"},
    "static_select": {"options": [OPTION, OTHER], "initial_option": OPTION, "placeholder": PLAIN},
    "external_select": {"min_query_length": 0, "initial_option": OPTION},
    "users_select": {"initial_user": "U1"},
    "conversations_select": {"filter": {"include": ["private"]}, "default_to_current_conversation": True},
    "multi_static_select": {"options": [OPTION, OTHER], "initial_options": [OTHER], "max_selected_items": 1},
    "multi_external_select": {"initial_options": [OPTION]},
    "multi_users_select": {"initial_users": ["U1"]},
    "plain_text_input": {"multiline": True, "min_length": 1, "max_length": 2, "initial_value": ""},
    "number_input": {"is_decimal_allowed": True, "min_value": "-1.5", "initial_value": "0", "max_value": "2"},
    "file_input": {"filetypes": ["pdf"], "max_files": 2},
    "image": {"alt_text": "A", "image_url": "https://a.example"},
    "plain_text": {"text": "A"},
    "mrkdwn": {"text": "A"},
}
MENUS = {name for name in ELEMENTS if name.endswith("_select")}
CHOICES = {"checkboxes", "radio_buttons", "datepicker", "timepicker"}
TYPED = {"plain_text_input", "number_input", "file_input"}
PLACES: dict[str, set[str]] = {
    "accessory": {"button", "image"} | CHOICES | MENUS,
    "actions": {"button"} | CHOICES | MENUS,
    "input": TYPED | CHOICES | MENUS,
    "context": {"image", "plain_text", "mrkdwn"},
}


def placed(place: str, element: Json) -> list[Problem]:
    if place == "accessory":
        return check_message({"blocks": [{"type": "section", "text": PLAIN, "accessory": element}]})
    if place == "input":
        block = {"type": "input", "label": PLAIN, "element": element}
        return check_view({"type": "modal", "title": PLAIN, "submit": PLAIN, "blocks": [block]})
    return check_message({"blocks": [{"type": place, "elements": [element]}]})


def element(kind: str, **changes: Any) -> Json:
    return {"type": kind} | ELEMENTS[kind] | changes


@pytest.mark.parametrize("place", PLACES)
def test_an_element_stands_only_where_slack_has_it(place: str) -> None:
    told = {kind: [problem.message for problem in placed(place, element(kind))] for kind in ELEMENTS}
    assert told == {kind: [] if kind in PLACES[place] else [f"unsupported type: {kind}"] for kind in ELEMENTS}


@pytest.mark.parametrize("kind", sorted(set(ELEMENTS) - {"plain_text", "mrkdwn"}))
def test_an_element_has_no_other_fields(kind: str) -> None:
    place = next(place for place, kinds in PLACES.items() if kind in kinds)
    problems = placed(place, element(kind, unheard_of=1))
    assert [problem.message for problem in problems] == ["invalid additional property: unheard_of"]


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("button", {"text": MRKDWN}),
        ("button", {"text": "A"}),
        ("button", {"style": "default"}),
        ("button", {"url": "javascript:alert(1)"}),
        ("button", {"value": ""}),
        ("button", {"confirm": {"title": PLAIN}}),
        ("button", {"confirm": CONFIRM | {"title": MRKDWN}}),
        ("button", {"confirm": CONFIRM | {"style": "default"}}),
        ("checkboxes", {"initial_options": []}),
        ("checkboxes", {"initial_options": [OPTION]}),
        ("checkboxes", {"initial_options": [OTHER, OTHER]}),
        ("checkboxes", {"initial_option": OTHER}),
        ("radio_buttons", {"initial_option": {"text": PLAIN, "value": "3"}}),
        ("datepicker", {"initial_date": "2026-02-30"}),
        ("datepicker", {"initial_date": "2026-2-3"}),
        ("datepicker", {"initial_date": "28-02-2026"}),
        ("datepicker", {"initial_date": 20260228}),
        ("datepicker", {"placeholder": MRKDWN}),
        ("timepicker", {"initial_time": "24:00"}),
        ("timepicker", {"initial_time": "9:00"}),
        ("timepicker", {"timezone": "Europe/Atlantis"}),
        ("timepicker", {"timezone": 1}),
        ("static_select", {"options": [{"text": MRKDWN, "value": "1"}], "initial_option": None}),
        ("static_select", {"initial_option": {"text": PLAIN, "value": "9"}}),
        ("static_select", {"option_groups": [{"label": PLAIN, "options": [OPTION]}]}),
        ("external_select", {"options": [OPTION]}),
        ("external_select", {"min_query_length": -1}),
        ("conversations_select", {"filter": {}}),
        ("conversations_select", {"filter": {"include": []}}),
        ("conversations_select", {"filter": {"include": ["public_channel"]}}),
        ("multi_static_select", {"initial_options": [OPTION, OTHER]}),
        ("multi_static_select", {"initial_option": OPTION}),
        ("multi_users_select", {"initial_users": []}),
        ("plain_text_input", {"min_length": 3}),
        ("plain_text_input", {"dispatch_action_config": {"trigger_actions_on": ["on_blur"]}}),
        ("number_input", {"initial_value": 0}),
        ("number_input", {"initial_value": "five"}),
        ("number_input", {"initial_value": "3"}),
        ("number_input", {"is_decimal_allowed": False}),
        ("file_input", {"max_files": 0}),
        ("image", {"slack_file": {"id": "F1"}}),
        ("image", {"image_url": None}),
        ("image", {"alt_text": ""}),
    ],
)
def test_an_element_is_refused_with(kind: str, changes: Json) -> None:
    place = next(place for place, kinds in PLACES.items() if kind in kinds)
    assert placed(place, element(kind, **changes)) != []


def test_options_may_stand_in_groups() -> None:
    groups = [{"label": PLAIN, "options": [OPTION]}, {"label": PLAIN, "options": [OTHER]}]
    menu = {"type": "static_select", "option_groups": groups, "initial_option": OTHER}
    assert placed("input", menu) == []
    assert placed("input", menu | {"initial_option": {"text": PLAIN, "value": "3"}}) != []


def test_a_static_select_needs_options() -> None:
    assert [problem.message for problem in placed("input", {"type": "static_select"})] == [
        "exactly one of options, option_groups must be given"
    ]


def test_a_number_input_says_whether_decimals_are_allowed() -> None:
    assert [problem.message for problem in placed("input", {"type": "number_input"})] == [
        "missing required field: is_decimal_allowed"
    ]
