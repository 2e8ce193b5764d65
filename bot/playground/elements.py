"""Walking over Block Kit blocks: their interactive elements, and the ids that Slack adds."""

import copy
from collections.abc import Iterator
from typing import Any

from bot.playground.identifiers import short_id
from bot.playground.state import JSON
from bot.playground.text import escape_mrkdwn, escape_plain

INTERACTIVE = frozenset(
    {
        "button",
        "plain_text_input",
        "number_input",
        "file_input",
        "datepicker",
        "timepicker",
        "checkboxes",
        "radio_buttons",
        "static_select",
        "external_select",
        "users_select",
        "conversations_select",
        "multi_static_select",
        "multi_external_select",
        "multi_users_select",
    }
)


def interactive(blocks: list[JSON]) -> Iterator[tuple[JSON, JSON]]:
    """Each interactive element with the block that holds it, in reading order."""
    for block in blocks:
        for element in (block.get("element"), block.get("accessory"), *(block.get("elements") or ())):
            if isinstance(element, dict) and element.get("type") in INTERACTIVE:
                yield block, element


def with_ids(blocks: list[JSON], *, posted: bool = False) -> list[JSON]:
    """A copy of `blocks` as Slack stores them: missing block ids and action ids filled in, text objects completed.

    In a `posted` message Slack also escapes control characters; a view keeps its texts as they came.
    """
    copied = copy.deepcopy(blocks)
    for block in copied:
        block["block_id"] = block.get("block_id") or short_id()
    for _, element in interactive(copied):
        if not element.get("action_id"):
            element["action_id"] = short_id()
    _complete_texts(copied, posted)
    return copied


def _complete_texts(node: Any, posted: bool) -> None:
    if isinstance(node, list):
        for item in node:
            _complete_texts(item, posted)
    elif isinstance(node, dict):
        if isinstance(node.get("text"), str):
            _complete_text(node, posted)
        for value in node.values():
            _complete_texts(value, posted)


def _complete_text(node: JSON, posted: bool) -> None:
    if node.get("type") == "plain_text":
        node.setdefault("emoji", True)
        if posted:
            node["text"] = escape_plain(node["text"])
    elif node.get("type") == "mrkdwn":
        node.setdefault("verbatim", False)
        if posted:
            node["text"] = escape_mrkdwn(node["text"])
