"""Keys by which a repeated delivery of the same interaction is recognised.

A slash command, shortcut or button carries a trigger id that Slack makes anew for each interaction and repeats with the
delivery; a form is submitted once, whatever happens to the answer, so its view id is the key.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from handlers.slack.receiving.payloads import EventCallback


class IdempotencyKey(Struct, frozen=True):
    """`key` names the interaction, `content_hash` what it said: the same key with other content is refused."""

    key: str
    content_hash: str


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _hash(content: Any) -> str:
    return hashlib.sha256(_CANONICAL.encode(content).encode()).hexdigest()[:32]


def event_key(payload: EventCallback) -> str:
    """The key of an event, which is the same for each delivery of it."""
    return f"event:{payload.event_id}"


def idempotency_key(body: Mapping[str, Any]) -> IdempotencyKey:
    """The key of a command, shortcut, button click or form; raises `KeyError` for anything else."""
    kind = body.get("type")
    if "command" in body:
        said: Any = [body["command"], body.get("text", ""), body["user_id"]]
        return IdempotencyKey(f"command:{body['trigger_id']}", _hash(said))
    if kind == "view_submission":
        view = body["view"]
        said = [view["callback_id"], view.get("state", {}).get("values", {}), body["user"]["id"]]
        return IdempotencyKey(f"view:{view['id']}", _hash(said))
    if kind == "block_actions":
        action = body["actions"][0]
        said = [action["action_id"], action.get("value"), body["user"]["id"]]
        return IdempotencyKey(f"action:{body['trigger_id']}:{action['action_id']}", _hash(said))
    return IdempotencyKey(f"shortcut:{body['trigger_id']}", _hash([body["callback_id"], body["user"]["id"]]))
