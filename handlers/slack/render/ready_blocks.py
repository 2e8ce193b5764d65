"""Blocks as ready JSON, for answers that Slack waits for: a few microseconds, where the SDK's models take a hundred.

Each gives what its namesake in `fragments` gives once that is turned into data, within the same limits.
"""

from __future__ import annotations

from typing import Any

from handlers.slack.painting.text import mrkdwn, plain
from handlers.slack.render.fragments import MAX_BUTTON_LENGTH, MAX_SECTION_LENGTH

ReadyBlock = dict[str, Any]


def section(text: str, accessory: ReadyBlock | None = None) -> ReadyBlock:
    """A paragraph of mrkdwn; typed parts of `text` are escaped by the caller."""
    block: ReadyBlock = {"type": "section", "text": _mrkdwn(text)}
    if accessory is not None:
        block["accessory"] = accessory
    return block


def context(*texts: str) -> ReadyBlock:
    """A line in small print."""
    return {"type": "context", "elements": [_mrkdwn(text) for text in texts]}


def button(text: str, action_id: str, value: str) -> ReadyBlock:
    """A button that carries the id of what it acts on as its value."""
    shown = {"type": "plain_text", "text": plain(text, MAX_BUTTON_LENGTH), "emoji": False}
    return {"type": "button", "text": shown, "action_id": action_id, "value": value}


def actions(*buttons: ReadyBlock) -> ReadyBlock:
    """A row of buttons."""
    return {"type": "actions", "elements": list(buttons)}


def _mrkdwn(text: str) -> ReadyBlock:
    return {"type": "mrkdwn", "text": mrkdwn(text, {}, MAX_SECTION_LENGTH), "verbatim": True}
