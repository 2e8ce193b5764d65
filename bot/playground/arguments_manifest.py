"""What Slack refuses of an app manifest, by the part of its published schema that such an app uses."""

from typing import Any

from bot.playground.schema import Definitions, Problem

_MANIFEST = Definitions("manifest.json")


def check_manifest(manifest: Any) -> list[Problem]:
    """The problems of a manifest that was read from YAML or JSON; empty when Slack would accept it."""
    error = "invalid_manifest"
    problems = _MANIFEST.problems("manifest", manifest, error)
    if problems:
        return problems
    for group, name in (("slash_commands", "command"), ("shortcuts", "callback_id")):
        names = [row[name] for row in manifest.get("features", {}).get(group, ())]
        if len(set(names)) < len(names):
            problems.append(Problem(error, f"/features/{group}", f"each {name} must be unique"))
    return problems
