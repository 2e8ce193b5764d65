"""Finding out whether something was sent after all: Slack is asked for the message that carries our intent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.sending.errors import Family
from handlers.slack.sending.rate_limits import Turn
from handlers.slack.sending.web_api import WebApi

EVENT_TYPE = "flagclient_intent"
PAGE = 15
"""What Slack gives at most to apps whose reading is restricted."""

CLOCKS_APART = timedelta(minutes=2)
"""How far Slack's clock and ours may differ."""

Match = Callable[[Mapping[str, Any]], bool]


def metadata_of(intent: str) -> dict[str, Any]:
    """What marks a message as the one of an intent; other apps can read it, so it is nothing but the UUID."""
    return {"event_type": EVENT_TYPE, "event_payload": {"id": intent}}


def carries(intent: str) -> Match:
    """Whether a message is the one of an intent."""

    def match(message: Mapping[str, Any]) -> bool:
        metadata = message.get("metadata") or {}
        return metadata.get("event_type") == EVENT_TYPE and (metadata.get("event_payload") or {}).get("id") == intent

    return match


def shares_file(filename: str) -> Match:
    """Whether a message shares a file of that name."""
    return lambda message: any(file.get("name") == filename for file in message.get("files") or ())


class Lookup:
    """Reads a conversation back. A search that Slack interrupts goes on where it was when it is made again."""

    def __init__(self, client: AsyncWebClient, calls: WebApi) -> None:
        self._client = client
        self._calls = calls
        self._reached: dict[str, str] = {}

    async def find(
        self, intent: str, channel: str, since: datetime, match: Match, *, thread: str | None = None
    ) -> str | None:
        """The `ts` of the message sent after `since` that matches; raises `CallEndedError` when nothing can be read."""
        oldest = f"{(since - CLOCKS_APART).timestamp():.6f}"
        while True:
            if thread is None:
                page = await self._newest_first(intent, channel, oldest, self._reached.get(intent))
            else:
                page = await self._oldest_first(intent, channel, thread, self._reached.get(intent, oldest))
            found = next((str(message["ts"]) for message in page["messages"] if match(message)), None)
            if found is not None or not page.get("has_more"):
                self._reached.pop(intent, None)
                return found
            self._reached[intent] = str(page["messages"][-1]["ts"])

    async def _newest_first(self, intent: str, channel: str, oldest: str, latest: str | None) -> dict[str, Any]:
        return await self._calls.make(
            Family.READ,
            self._client.conversations_history,
            turn=Turn(intent),
            channel=channel,
            oldest=oldest,
            latest=latest,
            limit=PAGE,
            include_all_metadata=True,
        )

    async def _oldest_first(self, intent: str, channel: str, thread: str, oldest: str) -> dict[str, Any]:
        return await self._calls.make(
            Family.READ,
            self._client.conversations_replies,
            turn=Turn(intent),
            channel=channel,
            ts=thread,
            oldest=oldest,
            limit=PAGE,
            include_all_metadata=True,
        )
