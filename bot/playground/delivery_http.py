"""Deliveries over HTTP: signed as Slack signs them."""

import hashlib
import hmac
import json
import secrets
import time
from typing import Any
from urllib.parse import urlencode

import aiohttp

from bot.playground.answer import HTTP_OK, Answer, Kind
from bot.playground.state import JSON

_FORM = "application/x-www-form-urlencoded"


def encode(kind: Kind, payload: JSON) -> tuple[bytes, str]:
    """The body and content type of a delivery: JSON for events, form fields for commands, one field for the rest."""
    if kind == "event":
        return json.dumps(payload).encode(), "application/json"
    if kind == "command":
        return urlencode(payload).encode(), _FORM
    return urlencode({"payload": json.dumps(payload)}).encode(), _FORM


def signature_headers(secret: str, body: bytes, moment: int) -> dict[str, str]:
    """The two headers with which Slack proves that it sent `body` at `moment` (seconds since 1970)."""
    digest = hmac.new(secret.encode(), b"v0:%d:" % moment + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(moment), "X-Slack-Signature": f"v0={digest}"}


class HttpDelivery:
    """Posts deliveries to the app's request URL."""

    def __init__(self, secret: str, ack_timeout: float) -> None:
        """Sign with `secret`; give up after `ack_timeout` seconds."""
        self._secret = secret
        self._timeout = aiohttp.ClientTimeout(total=ack_timeout)
        self._session: aiohttp.ClientSession | None = None
        self.url: str | None = None

    async def verify(self, token: str) -> bool:
        """Do the handshake by which Slack accepts a request URL: whether the app gave the challenge back."""
        challenge = secrets.token_hex(16)
        payload = {"token": token, "challenge": challenge, "type": "url_verification"}
        answer = await self.deliver("event", payload, 0, "")
        given = answer.body.get("challenge") if isinstance(answer.body, dict) else answer.text
        return answer.ok and given == challenge

    async def deliver(self, kind: Kind, payload: JSON, attempt: int, reason: str) -> Answer:
        """Send one attempt; the first has number 0, later ones name the reason for trying again."""
        body, content_type = encode(kind, payload)
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "Accept": "*/*",
            **signature_headers(self._secret, body, int(time.time())),
        }
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason}
        return await self.post(body, headers)

    async def post(self, body: bytes, headers: dict[str, str]) -> Answer:
        """Send a body with exactly these headers and wait for the answer."""
        if self.url is None:
            return Answer("none", None, 0.0, failure="connection_failed")
        if self._session is None:
            self._session = aiohttp.ClientSession()
        started = time.perf_counter()
        try:
            async with self._session.post(
                self.url, data=body, headers=headers, timeout=self._timeout, allow_redirects=False
            ) as response:
                return _answer(response, await response.text(), time.perf_counter() - started)
        except TimeoutError:
            return Answer("http", None, time.perf_counter() - started, failure="http_timeout")
        except (aiohttp.ClientError, OSError):
            return Answer("http", None, time.perf_counter() - started, failure="connection_failed")

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None


def _answer(response: aiohttp.ClientResponse, text: str, seconds: float) -> Answer:
    body: Any = None
    if response.content_type == "application/json" and text:
        try:
            body = json.loads(text)
        except ValueError:
            return Answer("http", response.status, seconds, text=text, failure="http_error")
    return Answer(
        transport="http",
        status=response.status,
        seconds=seconds,
        body=body,
        text=text,
        failure=None if response.status in HTTP_OK else "http_error",
        no_retry=response.headers.get("X-Slack-No-Retry") == "1",
    )
