"""Requests as Slack makes them, for handing to the bot without a network between."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from aiohttp.base_protocol import BaseProtocol
from aiohttp.streams import StreamReader
from aiohttp.test_utils import make_mocked_request
from multidict import CIMultiDict

from bot.playground.delivery_http import signature_headers
from handlers.http import MAX_BODY_BYTES
from handlers.slack.app import EVENTS_PATH
from tests.harness import Harness, slack_of

FORM = "application/x-www-form-urlencoded"


def request_of(body: bytes, headers: Mapping[str, str]) -> web.Request:
    """A POST with exactly this body and these headers; to be made on the event loop that reads it."""
    loop = asyncio.get_running_loop()
    payload = StreamReader(BaseProtocol(loop), 2**16, loop=loop)
    payload.feed_data(body)
    payload.feed_eof()
    return make_mocked_request(
        "POST", EVENTS_PATH, headers=CIMultiDict(headers), payload=payload, client_max_size=MAX_BODY_BYTES
    )


def signed(harness: Harness, body: bytes, content_type: str = FORM) -> web.Request:
    """A request that Slack signed just now."""
    headers = {
        "Content-Type": content_type,
        **signature_headers(harness.world.signing_secret, body, int(time.time())),
    }
    return request_of(body, headers)


def interaction(payload: Mapping[str, Any]) -> bytes:
    """The body of a click, a shortcut or a form."""
    return urlencode({"payload": json.dumps(payload)}).encode()


def command(harness: Harness, user_id: str, name: str, text: str, **fields: str) -> bytes:
    """The body of a slash command, typed in the channel `general`."""
    return urlencode(
        {
            "command": name,
            "text": text,
            "team_id": harness.world.team_id,
            "user_id": user_id,
            "channel_id": harness.general.id,
            "trigger_id": "1.2.abc",
            **fields,
        }
    ).encode()


async def answer_to(harness: Harness, request: web.Request) -> web.Response:
    """What the bot answers over HTTP."""
    return await slack_of(harness.bot).http.receive(request)
