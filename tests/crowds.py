"""Very many people in a workspace, let in without an event for each."""

from __future__ import annotations

from typing import Any

from bot.playground import Playground
from bot.playground.state import User


def hire(world: Playground, count: int, **fields: Any) -> list[str]:
    """Let so many people into the workspace; returns their user ids, in the order in which Slack lists them."""
    first = len(world.state.users)
    ids = [f"UHIRED{first + number}" for number in range(count)]
    for user_id in ids:
        person = {"name": user_id.lower(), "real_name": user_id, "email": f"{user_id}@example.com", **fields}
        world.state.users[user_id] = User(id=user_id, team_id=world.team_id, **person)
    return ids
