"""The Home tab of each person: published when they open it, and anew while they may be looking at it.

Nothing of it is stored: after a restart it is published when it is opened again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from msgspec import Struct
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import PersonUnverifiedError
from bot.language import language
from bot.log import log
from bot.usecases.actor import Actor
from handlers.slack.painting.home import paint_home
from handlers.slack.painting.message import Block
from handlers.slack.sending.errors import Family
from handlers.slack.sending.web_api import CallEndedError, WebApi
from handlers.slack.workspaces.members import Members, Stranger
from handlers.surface.message import Message

OPEN_SECONDS = 3600.0
"""How long after it was opened a Home may still be looked at: Slack does not tell when somebody goes elsewhere."""

MIN_SECONDS_BETWEEN = 1.0
"""How long a person's Home stays as it is before it is published anew."""

MAX_LOOKS = 25
"""How many Homes are read again at a time; those that were not read for longest come first."""

PUBLISH = "views.publish"


class Drawn(Struct, frozen=True):
    """A Home as a view, and the part of it that the person leafed to."""

    view: Block
    page: int


Draw = Callable[[Actor, int], Awaitable[Drawn]]
"""`(actor, page)` → their Home as it is now."""


class OpenHome(Struct):
    """A Home that may be looked at; times are seconds of the workspace's monotonic clock."""

    opened_at: float
    page: int = 0
    looked_at: float = float("-inf")
    published_at: float = float("-inf")
    published: bytes = b""
    hash: str = ""


class Homes:
    """The Homes of one workspace; its people are by Slack's ids."""

    def __init__(self, client: AsyncWebClient, calls: WebApi, members: Members, team_id: Callable[[], str]) -> None:
        self._client = client
        self._calls = calls
        self._members = members
        self._team_id = team_id
        self._draw: Draw | None = None
        self._open: dict[str, OpenHome] = {}

    def bind(self, draw: Draw) -> None:
        """Draw every Home with this; raises `ValueError` where there is one already."""
        if self._draw is not None:
            raise ValueError("Home is bound already")
        self._draw = draw

    async def opened(self, user_id: str) -> None:
        """Somebody opens their Home: it is published as it is now.

        Raises `PersonUnverifiedError` or `DatabaseUnavailableError` where nobody can be recognised right now.
        """
        self._open[user_id] = OpenHome(self._calls.monotonic())
        await self._renew(user_id, self._open[user_id])

    async def turned(self, user_id: str, drawn: Drawn) -> None:
        """Somebody leafed to another part of their Home."""
        home = self._open.setdefault(user_id, OpenHome(self._calls.monotonic()))
        home.page = drawn.page
        await self._publish(user_id, home, drawn.view)

    async def changed(self, user_id: str) -> None:
        """Somebody did something on their Home, which may have changed it."""
        home = self._open.setdefault(user_id, OpenHome(self._calls.monotonic()))
        await self._renew(user_id, home)

    async def refresh(self) -> None:
        """Publish those anew that may be looked at and have changed; those that were opened long ago are forgotten."""
        now = self._calls.monotonic()
        self._open = {user: home for user, home in self._open.items() if now - home.opened_at < OPEN_SECONDS}
        for user_id, home in sorted(self._open.items(), key=lambda one: one[1].looked_at)[:MAX_LOOKS]:
            try:
                await self._renew(user_id, home)
            except PersonUnverifiedError:
                # Nobody can be asked who they are: what they see stays as it is.
                return

    async def _renew(self, user_id: str, home: OpenHome) -> None:
        home.looked_at = self._calls.monotonic()
        actor = await self._members.actor(self._team_id(), user_id, None)
        if isinstance(actor, Stranger):
            refusal = language(actor.language).gettext("This isn’t available to you.")
            await self._publish(user_id, home, paint_home(Message(refusal), {}))
        elif self._draw is not None:
            drawn = await self._draw(actor, home.page)
            home.page = drawn.page
            await self._publish(user_id, home, drawn.view)

    async def _publish(self, user_id: str, home: OpenHome, view: Block) -> None:
        """Publish what differs from what stands there; what comes too soon is published at the next refresh."""
        drawn = msgspec.json.encode(view)
        now = self._calls.monotonic()
        if drawn == home.published or now - home.published_at < MIN_SECONDS_BETWEEN:
            return
        if self._calls.take_if_free(PUBLISH) > 0:
            return
        home.published_at = now
        try:
            answer = await self._published(user_id, view, home.hash)
        except CallEndedError as ended:
            log.warning("home_not_published", code=ended.code)
            home.hash = ""
            return
        home.published = drawn
        home.hash = str((answer.get("view") or {}).get("hash") or "")

    async def _published(self, user_id: str, view: Block, seen: str) -> dict[str, Any]:
        call = self._client.views_publish
        unless_changed: dict[str, Any] = {"hash": seen} if seen else {}
        try:
            return await self._calls.make(Family.UPDATE, call, user_id=user_id, view=view, **unless_changed)
        except CallEndedError as ended:
            if ended.code != "hash_conflict":
                raise
            # Another process published it meanwhile, from older figures perhaps: this one is as new as any.
            return await self._calls.make(Family.UPDATE, call, user_id=user_id, view=view)
