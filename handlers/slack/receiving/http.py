"""Slack over HTTP: only what Slack signed just now gets in, and nothing that comes in makes an answer of 5xx by itself.

The signature is checked here, on the bytes that came in, before anything reads them. Bolt's own check reads the body
first, writes it to the log when the signature is wrong, and fails over headers that are no numbers.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

from aiohttp import web
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from yarl import URL

from bot.log import log
from bot.metrics import REJECTED
from handlers.slack.receiving.dispatch import Dispatch
from handlers.slack.receiving.requests import UNREADABLE, count_unreadable, request_in
from handlers.slack.receiving.signature import is_signed
from handlers.slack.receiving.unmarking import may_hold_marks, without_marks_in

READ_SECONDS = 10.0

HEADERS = ("Content-Type", "X-Slack-Retry-Num", "X-Slack-Retry-Reason")
"""What is looked at once a request is known to be Slack's; its proxies send a dozen more."""


class HttpTransport:
    """Receives Slack's signed requests; `clock` gives seconds since 1970, by which signatures are held fresh."""

    def __init__(self, dispatch: Dispatch, signing_secret: str, *, clock: Callable[[], float] = time.time) -> None:
        self._dispatch = dispatch
        self._secret = signing_secret
        self._clock = clock

    async def receive(self, request: web.Request) -> web.Response:
        """Answer one request: 401 without Slack's signature, 413 for a body over the limit, 408 for one that stalls.

        Slack compresses nothing: a compressed body is refused with 415 before it is read.
        """
        if request.headers.get("Content-Encoding", "identity").lower() != "identity":
            return web.Response(status=415)
        try:
            body = await _read(request)
        except TimeoutError:
            return web.Response(status=408)
        if not is_signed(self._secret, request.headers, body, self._clock()):
            REJECTED.inc()
            log.warning("signature_refused")
            return web.Response(status=401)
        interaction = _parsed(request, body)
        if interaction is None:
            count_unreadable()
            return web.Response(status=200)
        return _response(await self._dispatch.answer(interaction))


async def _read(request: web.Request) -> bytes:
    if request.content.is_eof():
        # All of it has arrived already, as nearly always, so there is nothing to wait for and no clock to set.
        return await request.read()
    async with asyncio.timeout(READ_SECONDS):
        return await request.read()


def _response(answer: BoltResponse) -> web.Response:
    """What Bolt answers, without the cookies that its own adapter looks for each time."""
    kind = answer.headers["content-type"][0].partition(";")[0]
    return web.Response(status=answer.status, body=answer.body.encode(), content_type=kind, charset="utf-8")


def _parsed(request: web.Request, body: bytes) -> AsyncBoltRequest | None:
    """The request as Bolt takes it; `None` when it is nothing that Slack sends."""
    headers = {name: request.headers.getall(name) for name in HEADERS if name in request.headers}
    try:
        said = _said(body.decode())
    except UNREADABLE:
        return None
    return request_in(said, headers) if said else None


def _said(body: str) -> dict[str, Any] | None:
    """What Slack says: JSON of an event, a form with JSON in `payload` of an interaction, a form of a command."""
    if body.startswith("{"):
        said = json.loads(body)
    else:
        # As `urllib.parse.parse_qsl` with blank values kept, in half of its time.
        form = URL.build(query_string=body, encoded=True).query
        said = json.loads(form["payload"]) if "payload" in form else dict(form)
    if not isinstance(said, dict):
        return None
    return without_marks_in(said) if may_hold_marks(body) else said
