"""Who can read along in a conversation, asked of Slack at the moment it matters."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.model import PersonKind
from bot.domain.visibility import Audience, refusal_for_post
from handlers.slack.sending.errors import Family
from handlers.slack.sending.web_api import CallEndedError, WebApi
from handlers.slack.workspaces.directory import KEPT_SECONDS, Directory

NOBODY_KNOWS = Audience(known=False, shared=False, has_guests=False, private=False)
_SHARED = ("is_ext_shared", "is_pending_ext_shared", "is_shared", "is_org_shared", "pending_shared")
_HARMLESS = frozenset({PersonKind.MEMBER, PersonKind.BOT, PersonKind.DEACTIVATED})


class AudienceReader:
    """Reads who is in a conversation and whether other organisations are."""

    def __init__(
        self, client: AsyncWebClient, directory: Directory, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._directory = directory
        self._calls = WebApi(monotonic)
        self._monotonic = monotonic
        self._safe: dict[str, tuple[float, bool]] = {}
        self._generation: dict[str, int] = {}
        self._own_direct: set[str] = set()

    async def audience(self, channel_id: str) -> Audience:
        """Who can read along right now; `known` is false when Slack cannot be asked or does not show the place."""
        try:
            return await self.look_up(channel_id)
        except CallEndedError:
            return NOBODY_KNOWS

    async def look_up(self, channel_id: str, *, who: str = "") -> Audience:
        """Like `audience`, but raises `CallEndedError`; with `who` the call keeps to Slack's rate."""
        if who:
            self._calls.take_turn("conversations.info", who=who)
        answer = await self._calls.make(Family.READ, self._client.conversations_info, channel=channel_id)
        channel: Mapping[str, Any] = answer.get("channel") or {}
        people = await self._directory.people_in(channel_id)
        return Audience(
            known=bool(channel),
            shared=any(channel.get(sign) for sign in _SHARED),
            has_guests=any(person.kind not in _HARMLESS for person in people.values()),
            private=bool(channel.get("is_private")),
            archived=bool(channel.get("is_archived")),
        )

    async def is_safe_here(self, workspace_id: int, channel_id: str) -> bool:
        """Whether an answer that only one person sees may name a client on this screen; remembered for five minutes.

        Direct messages with the bot are safe; a conversation that the bot cannot look into is not.
        """
        if channel_id in self._own_direct:
            return True
        known = self._safe.get(channel_id)
        if known is not None and self._monotonic() - known[0] < KEPT_SECONDS:
            return known[1]
        if channel_id.startswith("D"):
            return await self._is_own_direct(channel_id)
        asked = self._generation.get(channel_id, 0)
        audience = await self.audience(channel_id)
        safe = refusal_for_post(audience) is None
        if audience.known and self._generation.get(channel_id, 0) == asked:
            self._safe[channel_id] = (self._monotonic(), safe)
        return safe

    def invalidate(self, channel_id: str) -> None:
        """Forget a conversation, because somebody joined it or it was shared; an answer on its way is not kept."""
        self._safe.pop(channel_id, None)
        self._generation[channel_id] = self._generation.get(channel_id, 0) + 1

    def remember_direct(self, channel_id: str) -> None:
        """Take note of a direct message between the bot and one person."""
        self._own_direct.add(channel_id)

    async def _is_own_direct(self, channel_id: str) -> bool:
        """Whether the bot is in a direct message: only then does Slack let it read there."""
        try:
            await self._calls.make(Family.READ, self._client.conversations_history, channel=channel_id, limit=1)
        except CallEndedError:
            return False
        self.remember_direct(channel_id)
        return True
