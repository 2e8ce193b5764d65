"""The app's side of the playground, for its tests: a manifest, a caller of the Web API, a listener for deliveries."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import aiohttp
from aiohttp import web

from bot.playground import Playground

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Echo"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Echo"},
        "slash_commands": [
            {"command": "/echo", "description": "Say it back", "should_escape": True},
            {"command": "/raw", "description": "Say it back"},
        ],
        "shortcuts": [
            {"name": "Note", "type": "message", "callback_id": "note_message", "description": "Note it"},
            {"name": "New", "type": "global", "callback_id": "new_note", "description": "New note"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "channels:history",
                "channels:join",
                "channels:manage",
                "channels:read",
                "chat:write",
                "commands",
                "files:read",
                "files:write",
                "groups:history",
                "groups:read",
                "groups:write",
                "im:history",
                "im:read",
                "im:write",
                "mpim:history",
                "mpim:read",
                "mpim:write",
                "pins:read",
                "pins:write",
                "users:read",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "app_home_opened",
                "app_uninstalled",
                "channel_archive",
                "channel_deleted",
                "channel_id_changed",
                "channel_left",
                "channel_rename",
                "channel_shared",
                "channel_unarchive",
                "channel_unshared",
                "group_archive",
                "group_deleted",
                "group_left",
                "group_rename",
                "group_unarchive",
                "member_joined_channel",
                "member_left_channel",
                "message.groups",
                "team_join",
                "tokens_revoked",
                "user_change",
            ]
        },
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


class Api:
    """WebApi the Web API with the bot's token; the last response stays at hand."""

    def __init__(self, playground: Playground, session: aiohttp.ClientSession) -> None:
        self.playground = playground
        self.session = session
        self.token: str | None = playground.bot_token
        self.status = 0
        self.headers: dict[str, str] = {}

    async def __call__(self, method: str, **arguments: Any) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        url = f"{self.playground.api_url}{method}"
        async with self.session.post(url, json=arguments, headers=headers) as response:
            self.status, self.headers = response.status, dict(response.headers)
            answer: dict[str, Any] = await response.json()
        return answer


@dataclass
class Received:
    """One request that the app got."""

    headers: dict[str, str]
    raw: bytes
    payload: dict[str, Any]


Reaction = Callable[[dict[str, Any]], Awaitable[Any] | Any]


@dataclass
class Listener:
    """An app's request URL: keeps what it gets, and answers what `react` returns (None: an empty 200)."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    react: Reaction = lambda payload: None
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        raw = await request.read()
        payload = _decode(request.content_type, raw)
        self.received.append(Received(dict(request.headers), raw, payload))
        async with self.arrived:
            self.arrived.notify_all()
        answer = self.react(payload)
        if asyncio.iscoroutine(answer):
            answer = await answer
        if isinstance(answer, web.StreamResponse):
            return answer
        return web.Response() if answer is None else web.json_response(answer)

    async def count(self, wanted: int) -> list[Received]:
        """What arrived, once there are `wanted` of them."""
        async with asyncio.timeout(5), self.arrived:
            await self.arrived.wait_for(lambda: len(self.received) >= wanted)
        return self.received

    @property
    def asked(self) -> list[dict[str, Any]]:
        """The payloads of commands and interactions that arrived."""
        return [r.payload for r in self.received if r.payload.get("type") != "event_callback"]

    def events(self, kind: str | None = None) -> list[dict[str, Any]]:
        """The inner events that arrived, of one type where given."""
        inner = [r.payload["event"] for r in self.received if r.payload.get("type") == "event_callback"]
        return [event for event in inner if kind in (None, event["type"])]


def _decode(content_type: str, raw: bytes) -> dict[str, Any]:
    if content_type == "application/json":
        decoded: dict[str, Any] = json.loads(raw)
        return decoded
    form = {key: values[0] for key, values in parse_qs(raw.decode(), keep_blank_values=True).items()}
    return json.loads(form["payload"]) if "payload" in form else form
