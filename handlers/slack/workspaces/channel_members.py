"""Who is in a channel: read anew each time it is asked, page by page."""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.delivery_outcome import Reason, RetryLater
from handlers.slack.sending.errors import Family
from handlers.slack.sending.web_api import MIN_WAIT, CallEndedError, WebApi, next_cursor

PAGE = 999
"""What Slack gives at most of a channel's members."""

CURSOR_SECONDS = 120.0
"""How long we go on from where a reading stopped; after that it begins again, as people may have come."""


class _Stopped(Struct, frozen=True):
    members: list[str]
    cursor: str
    began_at: float


class ChannelMembers:
    """Reads at Slack's rate; where it has to wait it raises, and goes on from there when it is asked again."""

    def __init__(self, client: AsyncWebClient, calls: WebApi) -> None:
        self._client = client
        self._calls = calls
        self._stopped: dict[str, _Stopped] = {}

    async def ids(self, channel_id: str) -> list[str]:
        """The user ids of everybody in a channel; raises `CallEndedError` when Slack cannot be asked now."""
        now = self._calls.monotonic()
        stopped = self._stopped.pop(channel_id, None)
        if stopped is None or now - stopped.began_at >= CURSOR_SECONDS:
            stopped = _Stopped([], "", now)
        members, cursor = list(stopped.members), stopped.cursor
        while True:
            try:
                page, cursor = await self._page(channel_id, cursor)
            except CallEndedError as ended:
                if ended.code == "invalid_cursor":
                    raise CallEndedError(RetryLater(Reason.RATE_LIMITED, MIN_WAIT, counts=False)) from None
                if members:
                    self._stopped[channel_id] = _Stopped(members, cursor, stopped.began_at)
                raise
            members += page
            if not cursor:
                return members

    def invalidate(self, channel_id: str) -> None:
        """Somebody joined, perhaps among those whom we have read already: begin again."""
        self._stopped.pop(channel_id, None)

    async def _page(self, channel_id: str, cursor: str) -> tuple[list[str], str]:
        seconds = self._calls.take_if_free("conversations.members")
        if seconds:
            raise CallEndedError(RetryLater(Reason.RATE_LIMITED, timedelta(seconds=seconds), counts=False))
        answer = await self._calls.make(
            Family.READ, self._client.conversations_members, channel=channel_id, limit=PAGE, cursor=cursor or None
        )
        return [str(member) for member in answer.get("members") or ()], next_cursor(answer)
