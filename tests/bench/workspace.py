"""The workspace that the bench pretends to be, and slash commands in it with signatures that hold."""

from __future__ import annotations

import hashlib
import hmac
import time
from urllib.parse import urlencode

TEAM = "T0BENCH"
BOT_USER = "U0BOT"
BOT = "B0BOT"
OWNER = "U0OWNER"
CHANNEL = "C0BENCH"
SIGNING_SECRET = "bench-signing-secret"
BOT_TOKEN = "xoxb-bench"
PEOPLE = 20
PATH = "/slack/events"


def person(number: int) -> str:
    """The user id of one of the people, who take turns."""
    return f"U{1000 + number % PEOPLE}"


def slash_command(text: str, number: int, *, command: str = "/flagclient") -> bytes:
    """A whole HTTP request as Slack sends it; `number` makes the interaction and the person behind it."""
    body = urlencode(
        {
            "token": "unused",
            "team_id": TEAM,
            "team_domain": "bench",
            "channel_id": CHANNEL,
            "channel_name": "bench",
            "user_id": person(number),
            "user_name": "somebody",
            "command": command,
            "text": text,
            "api_app_id": "A0BENCH",
            "is_enterprise_install": "false",
            "response_url": "http://127.0.0.1:9/never",
            "trigger_id": f"{number}.bench",
        }
    )
    timestamp = str(int(time.time()))
    digest = hmac.new(SIGNING_SECRET.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"X-Slack-Request-Timestamp: {timestamp}\r\nX-Slack-Signature: v0={digest}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return (head + body).encode()
