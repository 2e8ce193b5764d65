"""What a starting bot loads, and what it does without."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache

import pytest

LOOK = """
import gc, json, sys
from bot.__main__ import _loaded
command = _loaded(["run"])
from bot.platforms import configured
from bot.settings import Settings
assert configured(Settings(slack_bot_token="xoxb-1"))
print(json.dumps([command.__name__, gc.isenabled(), gc.get_freeze_count(), sorted(sys.modules)]))
"""


@cache
def loaded() -> tuple[str, bool, int, list[str]]:
    """The command, whether garbage is collected, how many objects never are, and the modules in memory."""
    found = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, check=True, text=True)  # noqa: S603
    name, collects, frozen, modules = json.loads(found.stdout)
    return name, collects, frozen, modules


@pytest.mark.parametrize(
    "unneeded",
    [
        "alembic",
        "anyascii",
        "asyncpg",
        "bot.documents",
        "bot.playground",
        "bot.usecases.privacy.erasing",
        "bot.usecases.privacy.gathering",
        "dateparser",
        "docx",
        "holidays",
        "icalendar",
        "jinja2",
        "rapidfuzz",
        "slack_sdk.socket_mode",
        "rich",
        "sqlalchemy.dialects.postgresql",
        "typer",
        "yaml",
    ],
)
def test_a_bot_that_serves_a_workspace_does_not_load(unneeded: str) -> None:
    name, _, _, modules = loaded()
    assert name == "run"
    assert "slack_bolt.app.async_app" in modules
    assert unneeded not in modules


def test_garbage_is_collected_again_but_never_looked_for_in_what_was_loaded() -> None:
    _, collects, frozen, _ = loaded()
    assert collects
    assert frozen > 100_000
