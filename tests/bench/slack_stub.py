"""A Web API that says yes at once, in a process of its own.

The playground checks what it is sent, as the real Slack does on machines of its own; here that would be measured as
if the bot had done it.
"""

from __future__ import annotations

import os
import time
from typing import Any

from aiohttp import web

from tests.bench.workspace import BOT, BOT_USER, CHANNEL, OWNER, TEAM


def _user(user_id: str) -> dict[str, Any]:
    return {
        "id": user_id,
        "team_id": TEAM,
        "locale": "en-GB",
        "tz": "Europe/Amsterdam",
        "is_bot": user_id == BOT_USER,
        "is_owner": user_id == OWNER,
        "is_primary_owner": user_id == OWNER,
    }


FIXED: dict[str, dict[str, Any]] = {
    "auth.test": {"team_id": TEAM, "user_id": BOT_USER, "bot_id": BOT},
    "users.list": {"members": [_user(OWNER), _user(BOT_USER)]},
    "conversations.info": {"channel": {"id": CHANNEL, "is_channel": True, "is_private": False}},
    "conversations.members": {"members": [OWNER, BOT_USER]},
    "chat.postMessage": {"channel": CHANNEL, "ts": "1.000001"},
}
"""What a method answers whatever it is asked, besides `ok`."""

ACCEPTED = web.AppKey("accepted", list[float])
"""When each message to the channel was accepted, by the clock that all processes of this machine share."""


async def _answer(request: web.Request) -> web.Response:
    method = request.match_info["method"]
    given = {**request.query, **await request.post()}
    if method == "users.info":
        return web.json_response({"ok": True, "user": _user(str(given["user"]))})
    if method == "chat.postMessage" and (await request.json())["channel"] == CHANNEL:
        request.app[ACCEPTED].append(time.perf_counter())
    return web.json_response({"ok": True, **FIXED.get(method, {})})


async def _accepted(request: web.Request) -> web.Response:
    return web.json_response(request.app[ACCEPTED])


def slack_stub() -> web.Application:
    """Every method of the Web API, under `/api/`, and when messages were accepted, under `/accepted`."""
    app = web.Application()
    app[ACCEPTED] = []
    app.router.add_route("*", "/api/{method}", _answer)
    app.router.add_get("/accepted", _accepted)
    return app


if __name__ == "__main__":
    web.run_app(slack_stub(), host="127.0.0.1", port=int(os.environ["PORT"]), print=None, access_log=None)
