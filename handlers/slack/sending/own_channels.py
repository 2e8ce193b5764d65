"""Finding a channel that we made ourselves and did not note down."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.usecases.ports import UnitOfWork
from handlers.slack.sending.errors import Family
from handlers.slack.sending.lookup import CLOCKS_APART
from handlers.slack.sending.rate_limits import turn_of
from handlers.slack.sending.web_api import CallEndedError, WebApi, next_cursor
from handlers.slack.workspaces.directory import Directory
from handlers.slack.workspaces.members import PLATFORM
from handlers.surface.messenger import Attempt

PAGE = 999
"""What Slack gives at most of conversations."""


class OwnChannels:
    """Our private channels; raises `CallEndedError` when Slack cannot be asked.

    A list that Slack interrupts goes on where it was when it is asked for again.
    """

    def __init__(self, client: AsyncWebClient, calls: WebApi, directory: Directory) -> None:
        self._client = client
        self._calls = calls
        self._directory = directory
        self._read: dict[str, tuple[list[Mapping[str, Any]], str]] = {}

    async def left_by(self, attempt: Attempt, names: Collection[str]) -> dict[str, str]:
        """Channels that earlier attempts at this notice made under one of `names`: their ids by name.

        A namesake that is older, or home to another case, is none of them: it can belong to a case that a restored
        copy of the database does not know.
        """
        if not attempt.maybe_sent or attempt.first_sent_at is None:
            return {}
        ourselves = await self._directory.ourselves()
        found = [
            channel
            for channel in await self._all(attempt)
            if channel.get("name") in names
            and channel.get("creator") == ourselves.bot_user_id
            and _made_since(channel, attempt.first_sent_at)
        ]
        ids = [str(channel["id"]) for channel in found]
        free = await attempt.database.read(partial(_not_in_use, workspace_id=attempt.workspace_id, channels=ids))
        return {str(channel["name"]): str(channel["id"]) for channel in found if channel["id"] in free}

    async def _all(self, attempt: Attempt) -> list[Mapping[str, Any]]:
        channels, cursor = self._read.pop(attempt.intent, ([], ""))
        while True:
            try:
                answer = await self._calls.make(
                    Family.READ,
                    self._client.users_conversations,
                    turn=turn_of(attempt),
                    types="private_channel",
                    exclude_archived=True,
                    limit=PAGE,
                    cursor=cursor or None,
                )
            except CallEndedError:
                self._read[attempt.intent] = channels, cursor
                raise
            channels += answer.get("channels") or ()
            cursor = next_cursor(answer)
            if not cursor:
                return channels


def _made_since(channel: Mapping[str, Any], first_sent_at: datetime) -> bool:
    return float(channel.get("created") or 0) >= (first_sent_at - CLOCKS_APART).timestamp()


def _not_in_use(uow: UnitOfWork, *, workspace_id: int, channels: Sequence[str]) -> set[str]:
    places = {channel: uow.people.place_by_external(workspace_id, PLATFORM, channel) for channel in channels}
    return {channel for channel, place in places.items() if place is None or uow.discussions.at_place(place.id) is None}
