"""The list of everybody in a workspace, read page by page at Slack's rate, however long that takes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.delivery_outcome import Reason, RetryLater
from bot.domain.model import PersonKind
from handlers.slack.sending.errors import Family
from handlers.slack.sending.web_api import MIN_WAIT, CallEndedError, WebApi, next_cursor
from handlers.slack.workspaces.profiles import Profile, kind_of, profile_in

PAGE = 1000
"""What Slack gives at most of people."""

CURSOR_SECONDS = 600.0
"""How long we go on from where a reading stopped; after that it begins again."""

PRIMARY_OWNER = "is_primary_owner"
ROLES = (PRIMARY_OWNER, "is_owner", "is_admin")


class Everybody:
    """One reading at a time, by one caller at a time; it stands where it stopped until it is taken up again."""

    def __init__(self, client: AsyncWebClient, calls: WebApi) -> None:
        self._client = client
        self._calls = calls
        self._cursor: str | None = None
        self._read_at = 0.0
        self._has_ended = False
        self._changed: set[str] = set()
        self._leaders: dict[str, list[str]] = {role: [] for role in ROLES}

    async def next_page(self, team_id: str) -> Mapping[str, Profile]:
        """The profiles of the next page, by user id; after the last one the reading is no longer under way.

        Who changed while the page was on its way is left out. Raises `CallEndedError` where Slack cannot be asked, or
        has to be left alone for a while.
        """
        if self._cursor is not None and self._calls.monotonic() - self._read_at >= CURSOR_SECONDS:
            self.begin_again()
        if self._cursor is None:
            self.begin_again()
            self._cursor = ""
        users = await self._read(self._cursor)
        for role in ROLES:
            self._leaders[role] += [
                str(user["id"]) for user in users if user.get(role) and kind_of(user, team_id) is PersonKind.MEMBER
            ]
        return {str(user["id"]): profile_in(user, team_id) for user in users if user["id"] not in self._changed}

    async def _read(self, cursor: str) -> list[Mapping[str, Any]]:
        seconds = self._calls.take_if_free("users.list")
        if seconds:
            raise CallEndedError(RetryLater(Reason.RATE_LIMITED, timedelta(seconds=seconds), counts=False))
        self._changed.clear()
        try:
            answer = await self._calls.make(
                Family.READ, self._client.users_list, limit=PAGE, include_locale=True, cursor=cursor or None
            )
        except CallEndedError as ended:
            if ended.code != "invalid_cursor":
                raise
            self.begin_again()
            raise CallEndedError(RetryLater(Reason.RATE_LIMITED, MIN_WAIT, counts=False), ended.code) from None
        self._read_at = self._calls.monotonic()
        self._cursor = next_cursor(answer) or None
        self._has_ended = self._cursor is None
        return list(answer.get("members") or ())

    @property
    def is_under_way(self) -> bool:
        """Whether a reading has begun, and not come to its end yet."""
        return self._cursor is not None

    def skip(self, user_id: str) -> None:
        """Somebody changed: a page that is on its way shows them as they were."""
        self._changed.add(user_id)

    def begin_again(self) -> None:
        """Let the next page be the first one."""
        self._cursor, self._read_at, self._has_ended = None, self._calls.monotonic(), False
        self._leaders = {role: [] for role in ROLES}

    @property
    def primary_owners(self) -> list[str]:
        """The user ids of primary owners on the pages of this reading."""
        return self._leaders[PRIMARY_OWNER]

    def leaders(self) -> list[str]:
        """The user ids of who leads the workspace, once that is certain: primary owners, or else owners, or admins."""
        if not self._has_ended and not self.primary_owners:
            return []
        return next((found for role in ROLES if (found := self._leaders[role])), [])
