"""Slack's limits on what is sent to it, as data, each with the page that states it and how sure we are of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class Limit:
    """One of Slack's limits.

    `number` counts characters (Unicode code points), items, or bytes, as `of` says. `page` is the page the
    number belongs to. `evidence` says how it was learned: "docs", "method" and "package" are Slack's own
    words, "staff" is a Slack employee in an issue, "third" is somebody outside Slack, "none" was not found
    anywhere. The playground refuses what breaks an `enforced` limit; the others are advice.
    """

    id: str
    number: int
    of: str
    page: str
    evidence: str
    enforced: bool


def read_facts(name: str) -> Any:
    """The decoded content of the JSON file `name` among the facts about Slack."""
    source = resources.files("bot.playground").joinpath("facts", name)
    return json.loads(source.read_text(encoding="utf-8"))


LIMITS: Mapping[str, Limit] = {row["id"]: Limit(**row) for row in read_facts("limits.json")}
"""Every limit by its id."""


def limit(limit_id: str) -> int:
    """The number of a limit; an unknown id is a KeyError."""
    return LIMITS[limit_id].number
