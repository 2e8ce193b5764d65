"""What an input element holds: its first value, and the value that a person's choice gives it."""

import re
from typing import Any

from bot.playground.errors import NotPossible
from bot.playground.state import JSON

_TEXTS = ("plain_text_input", "number_input")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{2}:\d{2}")
_PLAIN_KEYS = {
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_users_select": ("selected_users", "initial_users"),
}
_ONE_OPTION = ("static_select", "external_select", "radio_buttons")
_MANY_OPTIONS = ("multi_static_select", "multi_external_select", "checkboxes")


def initial_value(element: JSON) -> JSON | None:
    """The entry of `state.values` before anyone touched the element; None for elements that hold no value."""
    kind = element["type"]
    if kind in _TEXTS:
        return {"type": kind, "value": element.get("initial_value")}
    if kind in _ONE_OPTION:
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in _MANY_OPTIONS:
        return {"type": kind, "selected_options": element.get("initial_options") or []}
    if kind == "file_input":
        return {"type": kind, "files": []}
    if kind in _PLAIN_KEYS:
        key, initial = _PLAIN_KEYS[kind]
        return {"type": kind, key: element.get(initial, [] if kind.startswith("multi_") else None)}
    return None


def chosen_value(element: JSON, choice: Any, offered: list[JSON]) -> JSON:
    """The entry of `state.values` after a person chose; NotPossible when Slack's window would not allow it.

    `choice` is a text for text inputs and pickers, the value or shown text of an option for
    selects and radio buttons, a list of those for the multiple kinds; None empties the element. `offered` are the
    options that an external select was given last.
    """
    kind = element["type"]
    if kind in _TEXTS:
        return {"type": kind, "value": _typed(element, choice)}
    if kind in _ONE_OPTION:
        option = None if choice is None else _option(element, choice, offered)
        return {"type": kind, "selected_option": option}
    if kind in _MANY_OPTIONS:
        options = [_option(element, one, offered) for one in choice or []]
        return {"type": kind, "selected_options": _few_enough(element, options)}
    if kind == "file_input":
        return {"type": kind, "files": choice or []}
    if kind in _PLAIN_KEYS:
        return {"type": kind, _PLAIN_KEYS[kind][0]: _picked(element, choice)}
    raise NotPossible(f"nothing can be filled in at a {kind}")


def options_of(element: JSON) -> list[JSON]:
    """The options that an element itself lists, groups included."""
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(o for group in groups for o in group.get("options") or [])]


def is_empty(value: JSON) -> bool:
    """Whether an entry of `state.values` holds nothing."""
    return not any(content for key, content in value.items() if key != "type")


def problem_with(element: JSON, value: JSON) -> str | None:
    """What Slack's window writes under a filled-in element that it does not accept; None when all is well."""
    kind, typed = element["type"], value.get("value")
    if not isinstance(typed, str) or not typed:
        return None
    if len(typed) < int(element.get("min_length") or 0):
        return f"Please use at least {element['min_length']} characters."
    if kind == "number_input":
        return _number_problem(element, typed)
    return None


def _number_problem(element: JSON, typed: str) -> str | None:
    try:
        number = float(typed)
    except ValueError:
        return "Please enter a valid number."
    if not element.get("is_decimal_allowed") and not re.fullmatch(r"-?\d+", typed):
        return "Please enter a whole number."
    if "min_value" in element and number < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and number > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return None


def _typed(element: JSON, text: Any) -> str | None:
    if text is None or text == "":
        return None
    typed = str(text)
    limit = int(element.get("max_length") or 3000)
    if len(typed) > limit:
        raise NotPossible(f"the field takes no more than {limit} characters")
    if "\n" in typed and not element.get("multiline"):
        raise NotPossible("the field takes one line")
    return typed


def _option(element: JSON, choice: Any, offered: list[JSON]) -> JSON:
    listed = [*options_of(element), *offered]
    for option in listed:
        if choice in (option.get("value"), option["text"]["text"], option):
            return option
    raise NotPossible(f"{choice!r} is not among the options {[o['text']['text'] for o in listed]}")


def _few_enough(element: JSON, options: list[JSON]) -> list[JSON]:
    limit = element.get("max_selected_items")
    if limit is not None and len(options) > limit:
        raise NotPossible(f"no more than {limit} can be selected")
    return options


def _picked(element: JSON, choice: Any) -> Any:
    kind = element["type"]
    if kind.startswith("multi_"):
        return _few_enough(element, list(choice or []))
    pattern = {"datepicker": _DATE, "timepicker": _TIME}.get(kind)
    if choice is not None and pattern is not None and not pattern.fullmatch(str(choice)):
        raise NotPossible(f"{choice!r} cannot be picked in a {kind}")
    return choice
