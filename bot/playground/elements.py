"""Walking over Block Kit blocks: their interactive elements, and the ids that Slack adds."""

import copy
from collections.abc import Iterator
from typing import Any

from bot.playground.identifiers import short_id
from bot.playground.state import JSON
from bot.playground.text import escape_mrkdwn, escape_plain

BUTTONS = frozenset({"button", "workflow_button", "icon_button", "feedback_buttons"})
INPUTS = frozenset(
    {
        "plain_text_input",
        "email_text_input",
        "url_text_input",
        "number_input",
        "rich_text_input",
        "file_input",
        "datepicker",
        "timepicker",
        "datetimepicker",
        "checkboxes",
        "radio_buttons",
        *(
            f"{prefix}{kind}_select"
            for prefix in ("", "multi_")
            for kind in ("static", "external", "users", "conversations", "channels")
        ),
    }
)
INTERACTIVE = BUTTONS | INPUTS | {"overflow"}
_NESTED_BLOCKS = ("child_blocks", "elements")


def interactive(blocks: list[JSON]) -> Iterator[tuple[JSON, JSON]]:
    """Each interactive element with the block that holds it, in reading order."""
    for block in blocks:
        yield from _interactive_of(block, block)


def _interactive_of(node: Any, block: JSON) -> Iterator[tuple[JSON, JSON]]:
    if isinstance(node, list):
        for item in node:
            yield from _interactive_of(item, block)
    elif isinstance(node, dict):
        if node is not block and node.get("type") in INTERACTIVE:
            yield block, node
            return
        holder = node if "block_id" in node else block
        for value in node.values():
            yield from _interactive_of(value, holder)


def with_ids(blocks: list[JSON], *, posted: bool = False) -> list[JSON]:
    """A copy of `blocks` as Slack stores them: missing block ids and action ids filled in, text objects completed.

    In a `posted` message Slack also escapes control characters; a view keeps its texts as they came.
    """
    copied = copy.deepcopy(blocks)
    for block in copied:
        _add_block_ids(block)
    for _, element in interactive(copied):
        if not element.get("action_id"):
            element["action_id"] = short_id()
    _complete_texts(copied, posted)
    return copied


def _add_block_ids(block: JSON) -> None:
    if not block.get("block_id"):
        block["block_id"] = short_id()
    if block.get("type") in ("container", "carousel"):
        for key in _NESTED_BLOCKS:
            for child in block.get(key) or []:
                _add_block_ids(child)


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
