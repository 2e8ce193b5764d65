"""Putting one message into a conversation: looked up first where it may stand there already, and never sent blindly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.delivery_outcome import Delivered, Reason, Receipt, Refused
from bot.language import language
from handlers.slack.painting.message import PaintedMessage
from handlers.slack.painting.repeat import mark_as_possible_repeat
from handlers.slack.sending.errors import Family, Next, step_for
from handlers.slack.sending.lookup import Lookup, Match, carries, metadata_of
from handlers.slack.sending.rate_limits import POST, turn_of
from handlers.slack.sending.web_api import CallEndedError, WebApi
from handlers.surface.messenger import Attempt

_AS_WRITTEN: Mapping[str, Any] = {"parse": "none", "link_names": False}
_NO_PREVIEWS: Mapping[str, Any] = {"unfurl_links": False, "unfurl_media": False}
_UNREADABLE = frozenset({"missing_scope", "not_allowed_token_type"})


class Target(Struct, frozen=True):
    """Where a message goes: Slack's ids of conversation and thread, and the code of the language spoken there."""

    channel: str
    language: str
    thread: str | None = None


class Earlier(Struct, frozen=True):
    """What an earlier attempt left: the `ts` of its message, if any; without `is_certain` nobody can tell."""

    ts: str | None = None
    is_certain: bool = True


class Posting:
    """Posts and updates; every method raises `CallEndedError` when the attempt ends otherwise."""

    def __init__(self, client: AsyncWebClient, calls: WebApi, lookup: Lookup) -> None:
        self._client = client
        self._calls = calls
        self._lookup = lookup

    def hold_turn(self, attempt: Attempt, target: Target) -> None:
        """Wait for this attempt's turn in a conversation, before anything is asked that must be fresh when posting."""
        self._calls.hold_turn(POST, channel=target.channel, turn=turn_of(attempt))

    def hold_update(self, attempt: Attempt) -> None:
        """The same for bringing a message up to date."""
        self._calls.hold_turn("chat.update", turn=turn_of(attempt))

    async def earlier(self, attempt: Attempt, target: Target, match: Match | None = None) -> Earlier:
        """What earlier attempts at this notice left behind in a conversation."""
        if not attempt.maybe_sent or attempt.first_sent_at is None:
            return Earlier()
        wanted = match or carries(attempt.intent)
        try:
            found = await self._lookup.find(
                attempt.intent, target.channel, attempt.first_sent_at, wanted, thread=target.thread
            )
        except CallEndedError as ended:
            if ended.code == "thread_not_found":
                return Earlier()
            if ended.code not in _UNREADABLE:
                raise
            if attempt.item.notice.is_never_repeated:
                raise CallEndedError(Refused(Reason.OUTCOME_UNKNOWN, ended.code), ended.code) from ended
            return Earlier(is_certain=False)
        return Earlier(found)

    async def post(
        self, attempt: Attempt, target: Target, message: PaintedMessage, subject: str | None, earlier: Earlier
    ) -> Delivered:
        """Post, unless `earlier` says that it stands there; a thread whose start is gone is left for its channel."""
        if earlier.ts is not None:
            return delivered(target, earlier.ts, subject)
        if not earlier.is_certain:
            message = mark_as_possible_repeat(language(target.language), message)
        try:
            ts = await self._send(attempt, target, message)
        except CallEndedError as ended:
            if target.thread is None or step_for(Family.POST, ended.code).next is not Next.MEND:
                raise
            target = replace(target, thread=None)
            ts = await self._send(attempt, target, message)
        return delivered(target, ts, subject)

    async def update(self, attempt: Attempt, target: Target, ts: str, message: PaintedMessage) -> bool:
        """Bring a standing message up to date; false when it is not there any more."""
        try:
            await self._calls.make(
                Family.UPDATE,
                self._client.chat_update,
                turn=turn_of(attempt),
                channel=target.channel,
                ts=ts,
                text=message.text,
                blocks=message.blocks,
                **_AS_WRITTEN,
            )
        except CallEndedError as ended:
            if step_for(Family.UPDATE, ended.code).next is not Next.MEND:
                raise
            return False
        return True

    async def delete(self, attempt: Attempt, channel: str, ts: str) -> Delivered:
        """Delete a message of ours; one that is gone already is as good."""
        await self._calls.make(Family.DELETE, self._client.chat_delete, turn=turn_of(attempt), channel=channel, ts=ts)
        return Delivered()

    async def _send(self, attempt: Attempt, target: Target, message: PaintedMessage) -> str:
        answer = await self._calls.make(
            Family.POST,
            self._client.chat_postMessage,
            turn=turn_of(attempt),
            channel=target.channel,
            thread_ts=target.thread,
            text=message.text,
            blocks=message.blocks,
            metadata=metadata_of(attempt.intent),
            **_AS_WRITTEN,
            **_NO_PREVIEWS,
        )
        return str(answer["ts"])


def delivered(target: Target, ts: str, subject: str | None) -> Delivered:
    """The receipt of a message; `subject` and `thread` in its details let it be remembered as a living one."""
    details = {"subject": subject} if subject else {}
    if target.thread:
        details["thread"] = target.thread
    return Delivered(Receipt(target.channel, ts, details))
