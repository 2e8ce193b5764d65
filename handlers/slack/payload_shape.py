"""Whether a payload has the shape that Slack gives it, so that nothing behind has to doubt its outlines.

What a form or button of ours carries inside it is not looked at here: that belongs to who drew it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.slack.interaction import interaction_type

_TEXTS: Mapping[str, tuple[str, ...]] = {
    "command": ("command", "team_id", "user_id", "channel_id", "trigger_id"),
    "block_actions": ("user.id", "trigger_id"),
    "block_suggestion": ("user.id", "action_id", "value"),
    "view_submission": ("user.id", "view.id", "view.callback_id"),
    "view_closed": ("user.id", "view.callback_id"),
    "message_action": ("user.id", "callback_id", "trigger_id", "channel.id", "message.ts"),
    "shortcut": ("user.id", "callback_id", "trigger_id"),
    "event_callback": ("team_id", "event_id", "event.type"),
}
"""What is surely there and a text, by kind of interaction."""

_PATHS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    kind: tuple(tuple(path.split(".")) for path in paths) for kind, paths in _TEXTS.items()
}
_OBJECTS = frozenset({"user", "team", "channel", "container", "message", "view", "state", "event", "enterprise"})
_LISTS = frozenset({"actions", "authorizations", "response_urls"})


def is_shaped(body: Mapping[str, Any]) -> bool:
    """Whether `body` is an interaction or event as Slack sends them."""
    paths = _PATHS.get(interaction_type(body))
    if paths is None or not all(isinstance(_at(body, path), str) for path in paths):
        return False
    if not all(body[key] is None or isinstance(body[key], dict) for key in _OBJECTS & body.keys()):
        return False
    if not all(body[key] is None or _is_list_of_objects(body[key]) for key in _LISTS & body.keys()):
        return False
    return _has_place(body) and _has_actions(body) and _has_blocks(body)


def _at(body: Mapping[str, Any], path: Sequence[str]) -> object:
    value: Any = body
    for key in path:
        # What was parsed holds no other mappings than these, and asking for any takes longer than all the rest.
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(part, dict) for part in value)


def _has_place(body: Mapping[str, Any]) -> bool:
    """Where a conversation is named, it is by its id."""
    return body.get("channel") is None or isinstance(_at(body, ("channel", "id")), str)


def _has_actions(body: Mapping[str, Any]) -> bool:
    """A click says what was clicked."""
    if body.get("type") != "block_actions":
        return True
    actions = body.get("actions")
    return bool(actions) and all(isinstance(action.get("action_id"), str) for action in actions or ())


def _has_blocks(body: Mapping[str, Any]) -> bool:
    """A window has blocks with ids, and a form what was filled in."""
    view = body.get("view")
    if not isinstance(view, dict):
        return True
    blocks = view.get("blocks", [])
    if not _is_list_of_objects(blocks) or not all(isinstance(block.get("block_id", ""), str) for block in blocks):
        return False
    values = _at(view, ("state", "values"))
    if values is None:
        return body.get("type") != "view_submission"
    return isinstance(values, dict) and all(
        isinstance(inner, dict) and all(isinstance(value, dict) for value in inner.values())
        for inner in values.values()
    )
