"""Who can read along in a conversation, asked of Slack at the moment it matters."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.delivery_outcome import Reason, RetryLater
from bot.domain.model import PersonKind
from bot.domain.visibility import Audience, refusal_for_post
from handlers.slack.sending.errors import Family
from handlers.slack.sending.rate_limits import Turn
from handlers.slack.sending.web_api import CallEndedError, WebApi
from handlers.slack.workspaces.directory import ACTOR_SECONDS, Directory
from handlers.slack.workspaces.profiles import Profile

NOBODY_KNOWS = Audience(known=False, shared=False, has_guests=False, private=False)
_SHARED = ("is_ext_shared", "is_pending_ext_shared", "is_shared", "is_org_shared", "pending_shared")
_HARMLESS = frozenset({PersonKind.MEMBER, PersonKind.BOT, PersonKind.DEACTIVATED})
_HARMFUL = frozenset(PersonKind) - _HARMLESS

LOOK_KEPT_SECONDS = 15.0
"""How long a look at a place holds while Slack does not let us look again."""

MAX_MEMBERS_HERE = 999
"""More people than one page of a list has are not listed while somebody waits."""


class AudienceReader:
    """Reads who is in a conversation and whether other organisations are.

    `patience_seconds` is how long somebody may wait for an answer on a screen that must be looked into first.
    """

    def __init__(
        self,
        client: AsyncWebClient,
        calls: WebApi,
        directory: Directory,
        *,
        patience_seconds: float,
    ) -> None:
        self._client = client
        self._directory = directory
        self._calls = calls
        self._monotonic = calls.monotonic
        self._patience_seconds = patience_seconds
        self._safe: dict[str, tuple[float, bool]] = {}
        self._looked: dict[str, tuple[float, Audience]] = {}
        self._unproven: dict[str, list[str]] = {}
        self._looking: dict[str, asyncio.Task[bool]] = {}
        self._generation: dict[str, int] = {}
        self._own_direct: set[str] = set()

    async def audience(self, channel_id: str) -> Audience:
        """Who can read along right now; `known` is false when Slack cannot be asked or does not show the place."""
        try:
            return await self.look_up(channel_id)
        except CallEndedError:
            return NOBODY_KNOWS

    async def look_up(self, channel_id: str, *, turn: Turn | None = None) -> Audience:
        """Like `audience`, but raises `CallEndedError`; with `turn` the calls keep to Slack's rate.

        A place is looked at anew each time. Only where there is more to say than Slack lets us look, what we saw a few
        seconds ago holds for the next messages there, unless Slack told of a change.
        """
        await self._read_ahead(channel_id)
        if turn is not None and self._calls.take_if_free("conversations.info"):
            looked = self._looked.get(channel_id)
            if looked is not None and self._monotonic() - looked[0] < LOOK_KEPT_SECONDS:
                return looked[1]
            self._calls.take_turn("conversations.info", turn=turn)
        asked, at = self._generation.get(channel_id, 0), self._monotonic()
        answer = await self._calls.make(Family.READ, self._client.conversations_info, channel=channel_id)
        channel: Mapping[str, Any] = answer.get("channel") or {}
        audience = _audience(channel, await self._people(channel_id, channel))
        if self._generation.get(channel_id, 0) == asked:
            self._looked[channel_id] = (at, audience)
        return audience

    async def _read_ahead(self, channel_id: str) -> None:
        """Before looking, know those who were in a large place when we looked last, which takes a while."""
        members = self._unproven.get(channel_id)
        if members is not None:
            await self._known(channel_id, members)

    async def _people(
        self, channel_id: str, channel: Mapping[str, Any], *, is_waited_for: bool = False
    ) -> Mapping[str, Profile]:
        """Who is in a channel; nobody is asked about where it is shared, since that alone says enough."""
        if is_shared(channel):
            return {}
        return await self._known(channel_id, await self._directory.member_ids(channel_id), is_waited_for=is_waited_for)

    async def _known(
        self, channel_id: str, members: list[str], *, is_waited_for: bool = False
    ) -> Mapping[str, Profile]:
        """Who `members` are, or enough of them to know that there is somebody who must not read along."""
        self._unproven.pop(channel_id, None)
        try:
            return await self._directory.people(members, stop=_HARMFUL, is_waited_for=is_waited_for)
        except CallEndedError as ended:
            outcome = ended.outcome
            if not isinstance(outcome, RetryLater) or outcome.reason is not Reason.RATE_LIMITED:
                raise
            self._unproven[channel_id] = members
            unproven = RetryLater(Reason.PLACE_UNPROVEN, outcome.after, counts=False)
            raise CallEndedError(unproven, ended.code) from None

    async def is_safe_here(self, workspace_id: int, channel_id: str) -> bool:
        """Whether an answer that only one person sees may name a client on this screen; remembered for five minutes.

        Direct messages with the bot are safe; a conversation that the bot cannot look into is not, nor one that takes
        longer to look into than somebody can wait: then it is looked into meanwhile.
        """
        if channel_id in self._own_direct:
            return True
        known = self._safe.get(channel_id)
        if known is not None and self._monotonic() - known[0] < ACTOR_SECONDS:
            return known[1]
        if channel_id.startswith("D"):
            return await self._is_own_direct(channel_id)
        looking = self._looking.get(channel_id)
        if looking is None:
            looking = self._looking[channel_id] = asyncio.create_task(self._look_here(channel_id))
            looking.add_done_callback(lambda _: self._looking.pop(channel_id, None))
        try:
            return await asyncio.wait_for(asyncio.shield(looking), self._patience_seconds)
        except TimeoutError:
            return False

    async def _look_here(self, channel_id: str) -> bool:
        asked = self._generation.get(channel_id, 0)
        audience = await self._audience_here(channel_id)
        safe = refusal_for_post(audience) is None
        if audience.known and self._generation.get(channel_id, 0) == asked:
            self._safe[channel_id] = (self._monotonic(), safe)
        return safe

    async def _audience_here(self, channel_id: str) -> Audience:
        """Who reads along on a screen, where somebody waits for it: nobody is known where there are very many."""
        try:
            answer = await self._calls.make(
                Family.READ, self._client.conversations_info, channel=channel_id, include_num_members=True
            )
            channel: Mapping[str, Any] = answer.get("channel") or {}
            if int(channel.get("num_members") or 0) > MAX_MEMBERS_HERE:
                return NOBODY_KNOWS
            return _audience(channel, await self._people(channel_id, channel, is_waited_for=True))
        except CallEndedError:
            return NOBODY_KNOWS

    def invalidate(self, channel_id: str) -> None:
        """Forget a conversation, because somebody joined it or it was shared; an answer on its way is not kept."""
        self._safe.pop(channel_id, None)
        self._looked.pop(channel_id, None)
        self._directory.members.invalidate(channel_id)
        self._generation[channel_id] = self._generation.get(channel_id, 0) + 1

    def missed_events(self) -> None:
        """Slack did not tell of everything: nothing that was seen holds any longer."""
        for channel_id in {*self._safe, *self._looked, *self._looking}:
            self.invalidate(channel_id)
        self._directory.missed_events()

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


def is_shared(channel: Mapping[str, Any]) -> bool:
    """Whether other organisations are in a channel, or invited, by what `conversations.info` says of it."""
    return any(channel.get(sign) for sign in _SHARED)


def _audience(channel: Mapping[str, Any], people: Mapping[str, Profile]) -> Audience:
    return Audience(
        known=bool(channel),
        shared=is_shared(channel),
        has_guests=any(person.kind in _HARMFUL for person in people.values()),
        private=bool(channel.get("is_private")),
        archived=bool(channel.get("is_archived")),
    )
