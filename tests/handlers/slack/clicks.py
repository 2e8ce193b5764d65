"""Clicks as Slack would send them, for buttons that nobody drew."""

from __future__ import annotations

from typing import Any

from tests.harness import Harness


def click(harness: Harness, action_id: str, value: str) -> dict[str, Any]:
    """Anna's click on a button that nobody drew."""
    world = harness.world.world
    return {
        "type": "block_actions",
        "team": {"id": harness.world.team_id},
        "user": {"id": harness.anna.id, "team_id": harness.world.team_id},
        "trigger_id": world.triggers.issue(harness.anna.id),
        "channel": {"id": harness.general.id},
        "container": {"type": "message", "message_ts": "1.2", "channel_id": harness.general.id, "is_ephemeral": True},
        "response_url": world.response_urls.issue("actions", harness.general.id, harness.anna.id),
        "actions": [{"type": "button", "action_id": action_id, "block_id": "b", "value": value}],
    }
