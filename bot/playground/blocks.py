"""What Slack refuses of a message or a view: the entry to the Block Kit rules.

Every check takes decoded JSON and returns the problems found, an empty list when Slack would accept it; none
of them raises, whatever it is given. A problem's `error` is the name that Slack's answer carries.
"""

import json
from collections.abc import Mapping
from typing import Any

from bot.playground.blocks_attachments import attached_blocks, check_attachments
from bot.playground.blocks_identity import (
    all_text_length,
    check_one_focus,
    check_shared_limits,
    check_unique_ids,
    objects,
)
from bot.playground.blocks_layout import SURFACES
from bot.playground.blocks_objects import plain_text
from bot.playground.blocks_schema import (
    Problem,
    Report,
    anything,
    array,
    boolean,
    by_type,
    constant,
    fields,
    string,
)
from bot.playground.limits import limit

__all__ = ["Problem", "check_blocks", "check_message", "check_view"]


def check_blocks(blocks: Any, pointer: str, report: Report, most: str) -> None:
    """Add the problems of a list of blocks, at most the limit `most`, to `report`, by the rules of its surface."""
    array(by_type(SURFACES[report.surface]), 0, most)(blocks, pointer, report)
    if isinstance(blocks, list):
        check_unique_ids(blocks, pointer, report)


def check_message(arguments: Mapping[str, Any], method: str = "chat.postMessage") -> list[Problem]:
    """What Slack refuses of a message's `text`, `blocks`, `attachments` and `metadata`.

    The values are already decoded from JSON. Other arguments are not looked at. With `method`
    "chat.update" the text is held to that method's limit, and may be left out.
    """
    report = Report("invalid_blocks", "message")
    _check_content(arguments, method, report)
    _check_text(arguments, method, report)
    blocks = arguments.get("blocks")
    if blocks is not None and not isinstance(blocks, list):
        report.add("/blocks", "must provide an array", "invalid_blocks_format")
    elif blocks is not None:
        check_blocks(blocks, "/blocks", report, "message.blocks")
    if arguments.get("attachments") is not None:
        check_attachments(arguments["attachments"], check_blocks, report)
    every = [*(blocks if isinstance(blocks, list) else []), *attached_blocks(arguments.get("attachments"))]
    check_shared_limits(every, "/blocks", report)
    if all_text_length(every) > limit("message.blocks.text"):
        report.add("/blocks", "the blocks hold too much text", "msg_blocks_too_long")
    if arguments.get("metadata") is not None:
        _check_metadata(arguments["metadata"], report)
    return report.problems


def _check_content(arguments: Mapping[str, Any], method: str, report: Report) -> None:
    given = {name for name in ("text", "blocks", "attachments") if arguments.get(name)}
    # an update may change metadata or attached files alone
    if not given and not (method == "chat.update" and (arguments.keys() & {"metadata", "file_ids"})):
        report.add("", "no text, blocks or attachments given", "no_text")


def _check_text(arguments: Mapping[str, Any], method: str, report: Report) -> None:
    most = limit("chat.update.text" if method == "chat.update" else "message.text")
    text = arguments.get("text")
    if text is not None and not isinstance(text, str):
        report.add("/text", "must provide a string", "invalid_arguments")
    elif text is not None and len(text) > most:
        report.add("/text", f"must be less than {most + 1} characters", "msg_too_long")


def _an_object(value: Any, pointer: str, report: Report) -> None:
    if not isinstance(value, Mapping):
        report.add(pointer, "must provide an object")


_METADATA = fields({"event_type": string(), "event_payload": _an_object}, {"entities": array(anything)})


def _check_metadata(metadata: Any, report: Report) -> None:
    own = Report("invalid_metadata_format")
    _METADATA(metadata, "/metadata", own)
    if _json_size(metadata) > limit("metadata.size"):
        own.add("/metadata", f"must be at most {limit('metadata.size')} bytes", "metadata_too_large")
    report.problems += own.problems


_COMMON: Mapping[str, Any] = {
    "private_metadata": string("view.private_metadata", empty=True),
    "callback_id": string("view.callback_id", empty=True),
    "external_id": string("view.external_id", empty=True),
}
_MODAL = fields(
    {"type": constant("modal"), "title": plain_text("view.title"), "blocks": anything},
    {
        "close": plain_text("view.close"),
        "submit": plain_text("view.submit"),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        **_COMMON,
    },
)
_HOME = fields({"type": constant("home"), "blocks": anything}, _COMMON)
_VIEW = by_type({"modal": _MODAL, "home": _HOME})


def check_view(view: Any) -> list[Problem]:
    """What Slack refuses of a view, a modal or a Home tab, as given to `views.*` or in an answer."""
    report = Report("invalid_arguments")
    _VIEW(view, "/view", report)
    if not isinstance(view, Mapping) or view.get("type") not in ("modal", "home"):
        return report.problems
    if _json_size(view) > limit("view.size"):
        report.add("/view", f"must be at most {limit('view.size')} bytes", "view_too_large")
    report.surface = view["type"]
    blocks = view.get("blocks")
    if "blocks" in view:
        check_blocks(blocks, "/view/blocks", report, "view.blocks")
    if isinstance(blocks, list):
        check_shared_limits(blocks, "/view/blocks", report)
        check_one_focus(blocks, "/view/blocks", report)
        if report.surface == "modal" and "submit" not in view and _asks_for_input(blocks):
            report.add("/view", "`submit` is required when an `input` block is within blocks array")
    return report.problems


def _asks_for_input(blocks: list[Any]) -> bool:
    return any(block.get("type") == "input" for block in objects(blocks))


def _json_size(value: Any) -> int:
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))
