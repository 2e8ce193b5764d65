"""A bare Bolt app that only acknowledges, in a process of its own: what everything is measured against."""

from __future__ import annotations

import os

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from tests.bench.workspace import BOT, BOT_TOKEN, BOT_USER, PATH, SIGNING_SECRET, TEAM


async def _ready() -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_user_id=BOT_USER, bot_id=BOT, bot_token=BOT_TOKEN)


async def _acknowledge(ack: AsyncAck) -> None:
    await ack()


def bare_app() -> web.Application:
    """The least that answers `/flagclient`."""
    app = AsyncApp(signing_secret=SIGNING_SECRET, process_before_response=True, authorize=_ready)
    app.command("/flagclient")(_acknowledge)

    async def receive(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    server = web.Application()
    server.router.add_post(PATH, receive)
    return server


if __name__ == "__main__":
    web.run_app(bare_app(), host="127.0.0.1", port=int(os.environ["PORT"]), print=None, access_log=None)
