"""Who somebody is in Slack: asked of Slack, remembered for at most five minutes, never guessed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.model import PersonKind
from handlers.slack.sending.errors import Family
from handlers.slack.sending.web_api import CallEndedError, WebApi
from handlers.slack.workspaces.installation import Installation

KEPT_SECONDS = 300.0
MAX_ONE_BY_ONE = 20
"""Up to so many unknown people are asked for one by one; more are read from the list of everybody, page by page."""

PAGE = 200
DEFAULT_LANGUAGE = "en"
_SLACKBOT = "USLACKBOT"
_NOBODY = frozenset({"user_not_found", "user_not_visible", "users_not_found"})


class Profile(Struct, frozen=True):
    """What we use of a person: how they stand to our workspace, a two-letter language, a zone, if any."""

    kind: PersonKind
    language: str = DEFAULT_LANGUAGE
    zone: str = ""


class Directory:
    """The people of a workspace. One question at a time is asked about each person.

    `known` says who we are where Slack has told already.
    """

    def __init__(
        self,
        client: AsyncWebClient,
        known: Callable[[], Installation | None] = lambda: None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._calls = WebApi(monotonic)
        self._monotonic = monotonic
        self._known: dict[str, tuple[float, Profile]] = {}
        self._asking: dict[str, asyncio.Task[Profile]] = {}
        self._known_ourselves = known
        self._ourselves: Installation | None = None

    async def profile(self, user_id: str) -> Profile:
        """The person's profile; `UNKNOWN` when Slack cannot be asked or does not know, so that nothing is allowed."""
        try:
            return await self.look_up(user_id)
        except CallEndedError:
            return Profile(PersonKind.UNKNOWN)

    async def look_up(self, user_id: str) -> Profile:
        """Like `profile`, but raises `CallEndedError` when Slack cannot be asked, for who can try again later."""
        known = self._fresh(user_id)
        if known is not None:
            return known
        asking = self._asking.get(user_id)
        if asking is None:
            asking = asyncio.create_task(self._ask(user_id))
            self._asking[user_id] = asking
            asking.add_done_callback(lambda done: self._asked(user_id, done))
        return await asyncio.shield(asking)

    def invalidate(self, user_id: str) -> None:
        """Forget a person, because Slack said that they changed; an answer on its way is not kept either."""
        self._known.pop(user_id, None)
        self._asking.pop(user_id, None)

    async def ourselves(self) -> Installation:
        """Who we are; asked once at most. Raises `CallEndedError` when Slack cannot be asked."""
        ourselves = self._ourselves or self._known_ourselves()
        if ourselves is None:
            answer = await self._calls.make(Family.READ, self._client.auth_test)
            ourselves = Installation(str(answer["team_id"]), str(answer["user_id"]), str(answer.get("bot_id", "")))
        self._ourselves = ourselves
        return ourselves

    async def primary_admins(self) -> list[str]:
        """The user ids of the primary owner; where Slack names none, of the owners, or else of the admins.

        Empty when Slack cannot be asked.
        """
        try:
            everybody = await self._everybody()
        except CallEndedError:
            return []
        users = [user for user in everybody if self._kind(user) is PersonKind.MEMBER]
        for role in ("is_primary_owner", "is_owner", "is_admin"):
            found = [str(user["id"]) for user in users if user.get(role)]
            if found:
                return found
        return []

    async def member_ids(self, channel_id: str) -> list[str]:
        """The user ids of everybody in a channel; raises `CallEndedError` when Slack cannot be asked."""
        members: list[str] = []
        cursor = ""
        while True:
            answer = await self._calls.make(
                Family.READ, self._client.conversations_members, channel=channel_id, limit=PAGE, cursor=cursor or None
            )
            members += [str(member) for member in answer.get("members") or ()]
            cursor = _next_cursor(answer)
            if not cursor:
                return members

    async def people_in(self, channel_id: str) -> Mapping[str, Profile]:
        """Everybody in a channel by user id; raises `CallEndedError` when Slack cannot be asked."""
        return await self.people(await self.member_ids(channel_id))

    async def people(self, user_ids: Iterable[str]) -> Mapping[str, Profile]:
        """The profiles of `user_ids`; raises `CallEndedError` when Slack cannot be asked about one of them."""
        wanted = list(dict.fromkeys(user_ids))
        if sum(self._fresh(user_id) is None for user_id in wanted) > MAX_ONE_BY_ONE:
            await self._everybody()
        return {user_id: await self.look_up(user_id) for user_id in wanted}

    def _fresh(self, user_id: str) -> Profile | None:
        known = self._known.get(user_id)
        if known is None or self._monotonic() - known[0] >= KEPT_SECONDS:
            return None
        return known[1]

    async def _ask(self, user_id: str) -> Profile:
        await self.ourselves()
        try:
            answer = await self._calls.make(Family.READ, self._client.users_info, user=user_id, include_locale=True)
        except CallEndedError as ended:
            if ended.code in _NOBODY:
                return Profile(PersonKind.UNKNOWN)
            raise
        return self._profile(answer.get("user") or {})

    def _asked(self, user_id: str, done: asyncio.Task[Profile]) -> None:
        if self._asking.get(user_id) is not done:
            return
        del self._asking[user_id]
        if not done.cancelled() and done.exception() is None and done.result().kind is not PersonKind.UNKNOWN:
            self._known[user_id] = (self._monotonic(), done.result())

    async def _everybody(self) -> list[Mapping[str, Any]]:
        """Every user of the workspace, remembered as well."""
        await self.ourselves()
        asked_at = self._monotonic()
        users: list[Mapping[str, Any]] = []
        cursor = ""
        while True:
            answer = await self._calls.make(
                Family.READ, self._client.users_list, limit=PAGE, include_locale=True, cursor=cursor or None
            )
            users += answer.get("members") or ()
            cursor = _next_cursor(answer)
            if not cursor:
                break
        self._known.update({str(user["id"]): (asked_at, self._profile(user)) for user in users})
        return users

    def _profile(self, user: Mapping[str, Any]) -> Profile:
        language = str(user.get("locale") or DEFAULT_LANGUAGE)[:2].lower()
        return Profile(self._kind(user), language, str(user.get("tz") or ""))

    def _kind(self, user: Mapping[str, Any]) -> PersonKind:
        ours = self._ourselves.team_id if self._ourselves else ""
        teams = {str(user.get("team_id") or ""), *((user.get("enterprise_user") or {}).get("teams") or ())}
        if not user.get("id"):
            return PersonKind.UNKNOWN
        if ours not in teams or user.get("is_stranger"):
            return PersonKind.OUTSIDER
        if user.get("deleted"):
            return PersonKind.DEACTIVATED
        if user.get("is_bot") or user["id"] == _SLACKBOT:
            return PersonKind.BOT
        if user.get("is_restricted") or user.get("is_ultra_restricted"):
            return PersonKind.GUEST
        return PersonKind.MEMBER


def _next_cursor(answer: Mapping[str, Any]) -> str:
    return str((answer.get("response_metadata") or {}).get("next_cursor") or "")
