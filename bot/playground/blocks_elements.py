"""Shapes of Slack's block elements, and where each may stand.

`ACCESSORY`, `ACTIONS`, `INPUT` and `CONTEXT` are the elements that a section, an actions block, an input
block and a context block may hold; an element that Slack does not know there is an unsupported type.
"""

from collections.abc import Mapping
from typing import Any

from bot.playground.blocks_forms import (
    calendar_date,
    lengths_in_order,
    numbers_in_order,
    time_of_day,
    timezone_name,
)
from bot.playground.blocks_objects import (
    CHOICE_OPTION,
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_ACTION_CONFIG,
    MENU_OPTION,
    OPTION_GROUP,
    URL,
    any_text,
    initial_is_offered,
    plain_text,
)
from bot.playground.blocks_schema import (
    Report,
    Rule,
    Shape,
    array,
    boolean,
    constant,
    exactly_one,
    fields,
    integer,
    one_of,
    string,
)
from bot.playground.limits import limit

_ACTION = {"action_id": string("action_id")}
_FOCUS = {"focus_on_load": boolean, "placeholder": plain_text("placeholder")}
_MENU = _ACTION | _FOCUS | {"confirm": CONFIRM}
_SEVERAL: dict[str, Shape] = {"max_selected_items": integer(limit("max_selected_items.min"))}
_OPTIONS: dict[str, Shape] = {
    "options": array(MENU_OPTION, limit("select.options.min"), "select.options"),
    "option_groups": array(OPTION_GROUP, 1, "select.option_groups"),
}
_STYLE = one_of("primary", "danger")


def _element(
    kind: str, optional: Mapping[str, Shape], required: Mapping[str, Shape] | None = None, *rules: Rule
) -> dict[str, Shape]:
    return {kind: fields({"type": constant(kind), **(required or {})}, optional, rules)}


def _fixed_options(value: Mapping[str, Any], pointer: str, report: Report) -> None:
    exactly_one("options", "option_groups")(value, pointer, report)
    initial_is_offered(value, pointer, report)


IMAGE = fields(
    {
        "type": constant("image"),
        "alt_text": string("image.alt_text"),
        "image_url": string("image.image_url", pattern=URL),
    },
)

BUTTON = _element(
    "button",
    _ACTION
    | {
        "url": string("button.url", pattern=URL),
        "value": string("button.value"),
        "style": _STYLE,
        "confirm": CONFIRM,
        "accessibility_label": string("button.accessibility_label"),
    },
    {"text": plain_text("button.text")},
)
_CHOICE_OPTIONS = array(CHOICE_OPTION, limit("choice.options.min"), "choice.options")
_CHOICES = _element(
    "checkboxes",
    _ACTION | {"initial_options": array(CHOICE_OPTION, 1), "confirm": CONFIRM, "focus_on_load": boolean},
    {"options": _CHOICE_OPTIONS},
    initial_is_offered,
) | _element(
    "radio_buttons",
    _ACTION | {"initial_option": CHOICE_OPTION, "confirm": CONFIRM, "focus_on_load": boolean},
    {"options": _CHOICE_OPTIONS},
    initial_is_offered,
)
_DATES = _element("datepicker", _MENU | {"initial_date": calendar_date}) | _element(
    "timepicker", _MENU | {"initial_time": time_of_day, "timezone": timezone_name}
)
_QUERY = {"min_query_length": integer(0)}
_CONVERSATIONS = {"default_to_current_conversation": boolean, "filter": CONVERSATION_FILTER}
_SELECTS = (
    _element("static_select", _MENU | _OPTIONS | {"initial_option": MENU_OPTION}, None, _fixed_options)
    | _element("external_select", _MENU | _QUERY | {"initial_option": MENU_OPTION})
    | _element("users_select", _MENU | {"initial_user": string()})
    | _element("conversations_select", _MENU | _CONVERSATIONS | {"initial_conversation": string()})
)
_MULTI = _MENU | _SEVERAL
_INITIAL_OPTIONS = {"initial_options": array(MENU_OPTION, 1)}
_MULTI_SELECTS = (
    _element("multi_static_select", _MULTI | _OPTIONS | _INITIAL_OPTIONS, None, _fixed_options)
    | _element("multi_external_select", _MULTI | _QUERY | _INITIAL_OPTIONS)
    | _element("multi_users_select", _MULTI | {"initial_users": array(string(), 1)})
)
_TEXT_INPUT = _ACTION | _FOCUS | {"dispatch_action_config": DISPATCH_ACTION_CONFIG}
_NUMBER = string(pattern=r"-?\d+(\.\d+)?")
_TEXT_INPUTS = _element(
    "plain_text_input",
    _TEXT_INPUT
    | {
        "initial_value": string("plain_text_input.initial_value", empty=True),
        "multiline": boolean,
        "min_length": integer(0, limit("plain_text_input.min_length")),
        "max_length": integer(1, limit("plain_text_input.max_length")),
    },
    None,
    lengths_in_order,
) | _element(
    "number_input",
    _TEXT_INPUT | {"initial_value": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER},
    {"is_decimal_allowed": boolean},
    numbers_in_order,
)
_FILE_INPUT = _element(
    "file_input",
    _ACTION | {"filetypes": array(string(), 1), "max_files": integer(1, limit("file_input.max_files"))},
)

ACTIONS: dict[str, Shape] = BUTTON | _CHOICES | _DATES | _SELECTS | _MULTI_SELECTS
ACCESSORY: Mapping[str, Shape] = ACTIONS | {"image": IMAGE}
INPUT: Mapping[str, Shape] = _CHOICES | _DATES | _SELECTS | _MULTI_SELECTS | _TEXT_INPUTS | _FILE_INPUT
_mrkdwn_or_plain = any_text()
CONTEXT: Mapping[str, Shape] = {"image": IMAGE, "plain_text": _mrkdwn_or_plain, "mrkdwn": _mrkdwn_or_plain}
