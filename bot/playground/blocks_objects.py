"""Shapes of Slack's composition objects: text, options, confirmation dialogs, filters, files, workflows.

Text of a button, label, header, placeholder or menu option is plain text; only where people read running
text may it be mrkdwn. `emoji` belongs to plain text, `verbatim` to mrkdwn.
"""

from collections.abc import Mapping
from typing import Any

from bot.playground.blocks_schema import (
    Report,
    Shape,
    array,
    boolean,
    by_type,
    constant,
    fields,
    one_of,
    string,
)
from bot.playground.limits import limit


def plain_text(maximum: str = "text.max") -> Shape:
    """A plain_text object of at most the limit `maximum`."""
    return by_type({"plain_text": _plain_text(maximum)})


def any_text(maximum: str = "text.max") -> Shape:
    """A plain_text or mrkdwn object of at most the limit `maximum`."""
    mrkdwn = fields({"type": constant("mrkdwn"), "text": string(maximum)}, {"verbatim": boolean})
    return by_type({"plain_text": _plain_text(maximum), "mrkdwn": mrkdwn})


def _plain_text(maximum: str) -> Shape:
    return fields({"type": constant("plain_text"), "text": string(maximum)}, {"emoji": boolean})


URL = r"https?://\S+"
CONFIRM = fields(
    {
        "title": plain_text("confirm.title"),
        "text": any_text("confirm.text"),
        "confirm": plain_text("confirm.confirm"),
        "deny": plain_text("confirm.deny"),
    },
    {"style": one_of("primary", "danger")},
)


def _filter_names_something(value: Mapping[str, Any], pointer: str, report: Report) -> None:
    if not value:
        report.add(pointer, "a filter must have at least one field")


CONVERSATION_FILTER = fields(
    {},
    {
        "include": array(one_of("im", "mpim", "private", "public"), 1),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    [_filter_names_something],
)
DISPATCH_ACTION_CONFIG = fields(
    {}, {"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 1)}
)

MENU_OPTION = fields(
    {"text": plain_text("option.text"), "value": string("option.value")},
    {"description": plain_text("option.description")},
)
CHOICE_OPTION = fields(
    {"text": any_text("option.text"), "value": string("option.value")},
    {"description": any_text("option.description")},
)
OPTION_GROUP = fields(
    {
        "label": plain_text("option_group.label"),
        "options": array(MENU_OPTION, limit("option_group.options.min"), "option_group.options"),
    }
)


def initial_is_offered(value: Mapping[str, Any], pointer: str, report: Report) -> None:
    """Rule: what is chosen at first is one of the options, each at most once, and not more than may be."""
    chosen = _chosen(value)
    offered = offered_options(value)
    for index, option in enumerate(chosen):
        if option not in offered:
            report.add(pointer, "initial option is not one of the options")
        if option in chosen[:index]:
            report.add(pointer, "initial options must be unique")
    most = value.get("max_selected_items")
    if isinstance(most, int) and len(chosen) > most:
        report.add(pointer, f"no more than {most} initial options allowed")


def _chosen(value: Mapping[str, Any]) -> list[Any]:
    if "initial_option" in value:
        return [value["initial_option"]]
    several = value.get("initial_options")
    return several if isinstance(several, list) else []


def offered_options(value: Mapping[str, Any]) -> list[Any]:
    """All options of a menu, those in groups included; what is no list counts as none."""
    offered: list[Any] = []
    groups = value.get("option_groups")
    lists = [value.get("options")]
    if isinstance(groups, list):
        lists += [group.get("options") for group in groups if isinstance(group, Mapping)]
    for options in lists:
        offered += options if isinstance(options, list) else []
    return offered
