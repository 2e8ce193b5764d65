"""The app's manifest: what it may do, what it hears of, which commands and shortcuts it has."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Command:
    """A slash command; with `should_escape` mentions in its text arrive as ids."""

    name: str
    description: str
    usage_hint: str
    should_escape: bool


@dataclass(frozen=True)
class Shortcut:
    """A shortcut; `type` is "message" or "global"."""

    name: str
    type: str
    callback_id: str
    description: str


@dataclass(frozen=True)
class Manifest:
    """The parts of a manifest that decide how Slack treats the app."""

    name: str
    bot_name: str
    commands: Mapping[str, Command]
    shortcuts: tuple[Shortcut, ...]
    scopes: tuple[str, ...]
    events: frozenset[str]
    interactivity: bool
    socket_mode: bool
    home_tab: bool
    messages_tab: bool

    @classmethod
    def read(cls, source: "Manifest | Mapping[str, Any] | Path | str") -> "Manifest":
        """Take a manifest as it is, as decoded YAML or JSON, or from the file at a path."""
        if isinstance(source, Manifest):
            return source
        if isinstance(source, (str, Path)):
            source = yaml.safe_load(Path(source).read_text(encoding="utf-8"))
        if not isinstance(source, Mapping):
            raise ValueError("a manifest is a mapping")
        return _from_mapping(source)


def _from_mapping(source: Mapping[str, Any]) -> Manifest:
    features = source.get("features") or {}
    settings = source.get("settings") or {}
    name = (source.get("display_information") or {}).get("name", "App")
    home = features.get("app_home") or {}
    return Manifest(
        name=name,
        bot_name=(features.get("bot_user") or {}).get("display_name", name),
        commands={command.name: command for command in map(_command, features.get("slash_commands") or [])},
        shortcuts=tuple(map(_shortcut, features.get("shortcuts") or [])),
        scopes=tuple(((source.get("oauth_config") or {}).get("scopes") or {}).get("bot") or []),
        events=frozenset((settings.get("event_subscriptions") or {}).get("bot_events") or []),
        interactivity=bool((settings.get("interactivity") or {}).get("is_enabled")),
        socket_mode=bool(settings.get("socket_mode_enabled")),
        home_tab=bool(home.get("home_tab_enabled")),
        messages_tab=bool(home.get("messages_tab_enabled")),
    )


def _command(source: Mapping[str, Any]) -> Command:
    return Command(
        name=source["command"],
        description=source.get("description", ""),
        usage_hint=source.get("usage_hint", ""),
        should_escape=bool(source.get("should_escape")),
    )


def _shortcut(source: Mapping[str, Any]) -> Shortcut:
    return Shortcut(
        name=source["name"],
        type=source["type"],
        callback_id=source["callback_id"],
        description=source.get("description", ""),
    )
