"""What Slack accepts and refuses of an app manifest."""

from copy import deepcopy
from typing import Any

import pytest

from bot.playground.arguments_manifest import check_manifest

MANIFEST: dict[str, Any] = {
    "_metadata": {"major_version": 2},
    "display_information": {"name": "App", "description": "Does it.", "background_color": "#aabbcc"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "App", "always_online": True},
        "slash_commands": [
            {"command": "/app", "description": "Does it.", "usage_hint": "[what]", "should_escape": True}
        ],
        "shortcuts": [{"name": "Do it", "type": "message", "callback_id": "do", "description": "Does it."}],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands"]}},
    "settings": {
        "event_subscriptions": {"request_url": "https://a.example/slack", "bot_events": ["app_home_opened"]},
        "interactivity": {"is_enabled": True, "request_url": "https://a.example/slack"},
        "org_deploy_enabled": False,
        "socket_mode_enabled": True,
        "token_rotation_enabled": False,
    },
}


def changed(path: str, value: Any) -> dict[str, Any]:
    manifest = deepcopy(MANIFEST)
    *parents, last = path.split(".")
    target: Any = manifest
    for name in parents:
        target = target[name]
    target[last] = value
    return manifest


def test_a_manifest_is_accepted() -> None:
    assert check_manifest(MANIFEST) == []


COMMAND = MANIFEST["features"]["slash_commands"][0]
SHORTCUT = MANIFEST["features"]["shortcuts"][0]


@pytest.mark.parametrize(
    ("path", "value", "pointer"),
    [
        ("display_information", {}, "/display_information"),
        ("display_information.name", "A" * 36, "/display_information/name"),
        ("display_information.background_color", "#ab", "/display_information/background_color"),
        ("display_information.background_color", "blue", "/display_information/background_color"),
        ("display_information.long_description", "short", "/display_information/long_description"),
        ("feature", {}, ""),
        ("display_information.name", "", "/display_information/name"),
        ("display_information.name", 5, "/display_information/name"),
        ("features.slash_commands", {}, "/features/slash_commands"),
        ("features.slash_commands", [{"command": "/app"}], "/features/slash_commands/0"),
        (
            "features.shortcuts",
            [SHORTCUT | {"callback_id": str(number)} for number in range(11)],
            "/features/shortcuts",
        ),
        ("features", [], "/features"),
        ("features.slash_commands", [], "/features/slash_commands"),
        ("features.slash_commands", [COMMAND, COMMAND], "/features/slash_commands"),
        (
            "features.slash_commands",
            [COMMAND | {"command": "app"}],
            "/features/slash_commands/0/command",
        ),
        ("features.shortcuts", [SHORTCUT | {"type": "both"}], "/features/shortcuts/0/type"),
        ("features.shortcuts", [SHORTCUT | {"name": "A" * 25}], "/features/shortcuts/0/name"),
        ("features.shortcuts", [SHORTCUT, SHORTCUT | {"name": "B"}], "/features/shortcuts"),
        ("features.bot_user", {"always_online": True}, "/features/bot_user"),
        ("oauth_config.scopes.bots", [], "/oauth_config/scopes"),
        ("oauth_config.redirect_urls", ["https://a", "https://a"], "/oauth_config/redirect_urls"),
        ("settings.socket_mode_enabled", "yes", "/settings/socket_mode_enabled"),
        ("settings.interactivity", {}, "/settings/interactivity"),
        ("_metadata.major_version", "2", "/_metadata/major_version"),
        (
            "settings.event_subscriptions.bot_events",
            ["message.im", "message.im"],
            "/settings/event_subscriptions/bot_events",
        ),
    ],
)
def test_a_manifest_is_refused(path: str, value: Any, pointer: str) -> None:
    problems = check_manifest(changed(path, value))
    assert {(problem.error, problem.pointer) for problem in problems} == {("invalid_manifest", pointer)}


@pytest.mark.parametrize("manifest", [None, [], "name: App"])
def test_what_is_no_mapping_is_no_manifest(manifest: Any) -> None:
    assert [problem.message for problem in check_manifest(manifest)] == ["must provide an object"]
