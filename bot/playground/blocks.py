"""What Slack refuses of a message or a view: the entry to the Block Kit rules.

Every check takes decoded JSON and returns the problems found, an empty list when Slack would accept it; none
of them raises, whatever it is given. A problem's `error` is the name that Slack's answer carries. The shapes stand in
facts/blocks.json; the rules that a schema cannot say are looked at once the shapes are right.
"""

import json
from collections.abc import Mapping
from typing import Any

from bot.playground.blocks_rules import attachment_rules, block_rules, message_rules, view_rules
from bot.playground.limits import limit
from bot.playground.schema import Definitions, Problem

__all__ = ["BLOCKS", "Problem", "check_message", "check_view"]

BLOCKS = Definitions("blocks.json")
"""The shapes of messages, views, answers, and of all that stands in them."""

_PARTS = {
    "text": ("posted_text", "msg_too_long"),
    "blocks": ("message_blocks", "invalid_blocks"),
    "attachments": ("attachments", "invalid_attachments"),
    "metadata": ("metadata", "invalid_metadata_format"),
}


def check_message(arguments: Mapping[str, Any], method: str = "chat.postMessage") -> list[Problem]:
    """What Slack refuses of a message's `text`, `blocks`, `attachments` and `metadata`.

    The values are already decoded from JSON. Other arguments are not looked at. With `method`
    "chat.update" the text is held to that method's limit, and may be left out.
    """
    given = {name: arguments[name] for name in _PARTS if arguments.get(name) is not None}
    # an update may change metadata or attached files alone
    may_be_empty = method == "chat.update" and arguments.keys() & {"metadata", "file_ids"}
    if not (may_be_empty or any(given.get(name) for name in ("text", "blocks", "attachments"))):
        return [Problem("no_text", "", "no text, blocks or attachments given")]
    problems = []
    for name, value in given.items():
        definition, error = _PARTS[name]
        if (method, name) == ("chat.update", "text"):
            definition = "updated_text"
        problems += BLOCKS.problems(definition, value, error, f"/{name}")
    if not problems:
        blocks, attachments = given.get("blocks", []), given.get("attachments", [])
        problems += block_rules(blocks, "/blocks", "invalid_blocks", "message")
        problems += attachment_rules(attachments)
        problems += message_rules([*blocks, *(block for one in attachments for block in one.get("blocks", ()))])
    if "metadata" in given and _json_size(given["metadata"]) > limit("metadata.size"):
        message = f"must be at most {limit('metadata.size')} bytes"
        problems.append(Problem("metadata_too_large", "/metadata", message))
    return problems


def check_view(view: Any) -> list[Problem]:
    """What Slack refuses of a view, a modal or a Home tab, as given to `views.*` or in an answer."""
    problems = BLOCKS.problems("view", view, "invalid_arguments", "/view")
    if not problems:
        problems += block_rules(view["blocks"], "/view/blocks", "invalid_arguments", view["type"])
        problems += view_rules(view)
    if _json_size(view) > limit("view.size"):
        problems.append(Problem("view_too_large", "/view", f"must be at most {limit('view.size')} bytes"))
    return problems


def _json_size(value: Any) -> int:
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))
