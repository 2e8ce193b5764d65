"""Making the channel of a case and dressing it, so that doing it again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.delivery_outcome import Delivered, Reason, Receipt, Refused
from bot.language.marks import shorten
from handlers.slack.sending.channel_messages import place_of
from handlers.slack.sending.errors import Family, Next, step_for
from handlers.slack.sending.own_channels import OwnChannels
from handlers.slack.sending.rate_limits import turn_of
from handlers.slack.sending.web_api import CallEndedError, WebApi
from handlers.surface.messenger import Attempt

NAMES_TRIED = 9
"""A code and eight suffixes; a workspace with that many namesakes has somebody to ask."""

MAX_NOTE_LENGTH = 250


def names_for(code: str) -> list[str]:
    """The channel names that a case may get, the plain code first."""
    return [code, *(f"{code}-{number}" for number in range(2, NAMES_TRIED + 1))]


class Channels:
    """Private channels of discussions; raises `CallEndedError` when the attempt ends otherwise."""

    def __init__(self, client: AsyncWebClient, calls: WebApi, own_channels: OwnChannels) -> None:
        self._client = client
        self._calls = calls
        self._own_channels = own_channels
        self._taken: dict[str, int] = {}

    async def create(self, attempt: Attempt, code: str) -> Delivered:
        """A private channel under `code` or the next free name; one that an earlier attempt made is taken over."""
        names = names_for(code)
        left = await self._own_channels.left_by(attempt, names)
        # An attempt that had to wait goes on with the name that it had come to.
        for number in range(self._taken.pop(attempt.intent, 0), len(names)):
            name = names[number]
            if name not in left:
                self._taken[attempt.intent] = number
                made = await self._make(attempt, name)
                del self._taken[attempt.intent]
                if made is not None:
                    return _created(made, name)
                # An earlier attempt can have come through after all, between our looking and our asking.
                left = await self._own_channels.left_by(attempt, names)
            if name in left:
                return _created(left[name], name)
        raise CallEndedError(Refused(Reason.CHANNEL_REFUSED, "name_taken"), "name_taken")

    async def describe(self, attempt: Attempt, place_id: int, topic: str, purpose: str) -> Delivered:
        """Set topic and purpose where they differ, since each change writes a line into the channel."""
        known = await place_of(attempt, place_id)
        answer = await self._calls.make(
            Family.READ, self._client.conversations_info, turn=turn_of(attempt), channel=known.channel
        )
        channel: Mapping[str, Any] = answer.get("channel") or {}
        topic, purpose = shorten(topic, MAX_NOTE_LENGTH), shorten(purpose, MAX_NOTE_LENGTH)
        if _note(channel, "topic") != topic:
            await self._calls.make(
                Family.TOPIC,
                self._client.conversations_setTopic,
                turn=turn_of(attempt),
                channel=known.channel,
                topic=topic,
            )
        if _note(channel, "purpose") != purpose:
            await self._calls.make(
                Family.TOPIC,
                self._client.conversations_setPurpose,
                turn=turn_of(attempt),
                channel=known.channel,
                purpose=purpose,
            )
        return Delivered(Receipt(known.channel))

    async def pin(self, attempt: Attempt, place_id: int, message: str) -> Delivered:
        """Pin a message; pinned already is fine."""
        known = await place_of(attempt, place_id)
        try:
            await self._calls.make(
                Family.PIN, self._client.pins_add, turn=turn_of(attempt), channel=known.channel, timestamp=message
            )
        except CallEndedError as ended:
            if step_for(Family.PIN, ended.code).next is not Next.DONE:
                raise
        return Delivered(Receipt(known.channel))

    async def archive(self, attempt: Attempt, place_id: int) -> Delivered:
        """Archive a channel; archived already is fine."""
        known = await place_of(attempt, place_id)
        try:
            await self._calls.make(
                Family.ARCHIVE, self._client.conversations_archive, turn=turn_of(attempt), channel=known.channel
            )
        except CallEndedError as ended:
            if step_for(Family.ARCHIVE, ended.code).next is not Next.DONE:
                raise
        return Delivered(Receipt(known.channel))

    async def _make(self, attempt: Attempt, name: str) -> str | None:
        """The id of a new channel; `None` when the name is taken."""
        try:
            answer = await self._calls.make(
                Family.CREATE, self._client.conversations_create, turn=turn_of(attempt), name=name, is_private=True
            )
        except CallEndedError as ended:
            if step_for(Family.CREATE, ended.code).next is Next.MEND:
                return None
            raise
        return str(answer["channel"]["id"])


def _created(channel: str, name: str) -> Delivered:
    return Delivered(Receipt(channel, details={"name": name}))


def _note(channel: Mapping[str, Any], kind: str) -> str:
    return str((channel.get(kind) or {}).get("value") or "")
