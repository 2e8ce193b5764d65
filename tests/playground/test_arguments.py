"""Which arguments and scopes the Web API asks for."""

from typing import Any

import pytest

from bot.playground.arguments import (
    ARGUMENTS,
    METHODS,
    ConversationKind,
    check_arguments,
    missing_scopes,
    scopes_needed,
)


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("chat.postMessage", {"channel": "C1", "text": "A", "token": "xoxb-1"}),
        ("chat.postMessage", {"channel": "C1", "text": None}),
        ("auth.test", {}),
        ("api.test", {"foo": "bar"}),
        ("views.open", {"trigger_id": "1", "view": {}}),
        ("views.update", {"external_id": "1", "view": {}}),
        ("conversations.open", {"users": "U1"}),
        ("conversations.invite", {"channel": "C1", "users": ["U1"]}),
        ("conversations.list", {"limit": 1}),
    ],
)
def test_a_call_is_accepted(method: str, arguments: dict[str, Any]) -> None:
    assert check_arguments(method, arguments) == []


@pytest.mark.parametrize(
    ("method", "arguments", "error", "message"),
    [
        ("chat.sendMessage", {}, "unknown_method", "there is no method chat.sendMessage"),
        ("files.upload", {}, "unknown_method", "there is no method files.upload"),
        ("chat.postMessage", {"text": "A"}, "invalid_arguments", "missing required field: channel"),
        (
            "chat.postMessage",
            {"channel": None, "text": "A"},
            "invalid_arguments",
            "missing required field: channel",
        ),
        ("auth.test", {"colour": "red"}, "invalid_arguments", "invalid additional property: colour"),
        (
            "views.open",
            {"view": {}},
            "invalid_arguments",
            "one of trigger_id, interactivity_pointer must be given",
        ),
        ("conversations.open", {}, "invalid_arguments", "one of channel, users must be given"),
        ("conversations.list", {"limit": 0}, "invalid_limit", "must be greater than or equal to 1"),
        ("conversations.list", {"limit": 1000}, "invalid_limit", "must be less than or equal to 999"),
        ("conversations.list", {"limit": "many"}, "invalid_limit", "value does not match the expected format"),
        ("conversations.list", {"limit": "-1"}, "invalid_limit", "value does not match the expected format"),
        ("conversations.list", {"limit": "9" * 5_000}, "invalid_limit", "value does not match the expected format"),
    ],
)
def test_a_call_is_refused(method: str, arguments: dict[str, Any], error: str, message: str) -> None:
    assert [(problem.error, problem.message) for problem in check_arguments(method, arguments)] == [(error, message)]


@pytest.mark.parametrize(
    ("method", "granted", "kind", "missing"),
    [
        ("auth.test", [], None, []),
        ("views.open", [], None, []),
        ("chat.postMessage", ["chat:write"], "im", []),
        ("chat.postMessage", ["commands"], "im", ["chat:write"]),
        ("conversations.history", ["channels:history"], "public_channel", []),
        ("conversations.history", ["channels:history"], "private_channel", ["groups:history"]),
        ("conversations.history", ["channels:history"], "im", ["im:history"]),
        ("conversations.history", ["channels:history"], "mpim", ["mpim:history"]),
        ("conversations.history", ["im:history"], None, []),
        ("conversations.create", ["groups:write"], "private_channel", []),
        ("conversations.create", ["groups:write"], "public_channel", ["channels:manage", "channels:write"]),
        ("conversations.invite", ["groups:write.invites"], "private_channel", []),
        ("conversations.open", ["im:write"], "im", []),
        ("conversations.open", ["im:write"], "mpim", ["mpim:write"]),
        ("pins.add", ["pins:write"], "private_channel", []),
    ],
)
def test_a_call_misses_scopes(
    method: str, granted: list[str], kind: ConversationKind | None, missing: list[str]
) -> None:
    assert missing_scopes(method, granted, kind) == missing


def test_needed_scopes_are_told_by_method_and_event() -> None:
    needed = scopes_needed(["chat.postMessage", "auth.test"], ["app_home_opened", "message.im", "team_join"])
    assert needed == {
        "chat.postMessage": {"chat:write"},
        "message.im": {"im:history"},
        "team_join": {"users:read"},
    }


@pytest.mark.parametrize(("methods", "events"), [(["chat.shout"], []), ([], ["message_shouted"])])
def test_needed_scopes_of_something_unknown_are_an_error(methods: list[str], events: list[str]) -> None:
    with pytest.raises(KeyError):
        scopes_needed(methods, events)


def test_every_method_has_its_arguments_and_its_scopes() -> None:
    assert ARGUMENTS.schemas.keys() - {"page"} == METHODS.keys()


def test_required_arguments_and_alternatives_are_arguments_of_their_method() -> None:
    for schema in ARGUMENTS.schemas.values():
        named = [schema.get("required", []), *(one["required"] for one in schema.get("anyOf", []))]
        assert {name for names in named for name in names} <= schema.get("properties", {}).keys()
