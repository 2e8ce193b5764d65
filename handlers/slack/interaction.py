"""Reading off any payload of Slack's what kind it is and whom it is from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

_KINDS = frozenset(
    {
        "event_callback",
        "view_submission",
        "view_closed",
        "block_actions",
        "block_suggestion",
        "message_action",
        "shortcut",
    }
)


def interaction_type(body: Mapping[str, Any]) -> str:
    """The kind of interaction, from a closed set that is safe for logs and metrics."""
    if "command" in body:
        return "command"
    kind = body.get("type")
    return kind if isinstance(kind, str) and kind in _KINDS else "unknown"


class Sender(Struct, frozen=True):
    """Whom an interaction is from: Slack's ids, empty where the payload has none.

    `own_team_id` is the workspace that the person belongs to, where Slack says so.
    """

    team_id: str
    user_id: str
    own_team_id: str | None


def sender_of(body: Mapping[str, Any]) -> Sender:
    """Whom the interaction in `body` is from, whatever its kind."""
    user = body.get("user")
    if isinstance(user, dict):
        team = body.get("team")
        team_id = team.get("id") if isinstance(team, dict) else user.get("team_id")
        return Sender(str(team_id or ""), str(user.get("id") or ""), user.get("team_id"))
    return Sender(str(body.get("team_id") or ""), str(body.get("user_id") or ""), None)
