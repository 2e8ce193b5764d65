"""The first thing every Slack request meets: is this a full member of our own workspace?

Guests, people of other organisations, bots and whoever Slack cannot vouch for get one and the same answer, which
gives nothing away.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.language import Language, language
from bot.log import bind_correlation, log
from bot.metrics import ACCESS_DENIED
from handlers.slack.answers import answer_with_sentence
from handlers.slack.front_door import ACTOR
from handlers.slack.members import Members, Stranger


def surface_of(body: Mapping[str, Any]) -> str:
    """The kind of gesture, from a closed set that is safe for logs and metrics."""
    if "command" in body:
        return "command"
    kind = str(body.get("type", "unknown"))
    known = {
        "event_callback",
        "view_submission",
        "view_closed",
        "block_actions",
        "block_suggestion",
        "message_action",
        "shortcut",
    }
    return kind if kind in known else "unknown"


def _ids(body: Mapping[str, Any]) -> tuple[str, str, str | None]:
    """Team id, user id and the user's own team id of a gesture; empty where the payload has none."""
    user = body.get("user")
    team = body.get("team") or {}
    if isinstance(user, Mapping):
        team_id = str(team.get("id") or user.get("team_id") or "")
        return team_id, str(user.get("id") or ""), user.get("team_id")
    return str(body.get("team_id") or ""), str(body.get("user_id") or ""), None


class Gatekeeper(AsyncMiddleware):
    """Bolt's global middleware: leaves an `Actor` in the context, or answers in its stead.

    Events pass: they are about people, not from them, and each listener of an event checks what it acts on.
    """

    def __init__(self, members: Members, client: AsyncWebClient, team_id: Callable[[], str]) -> None:
        self._members = members
        self._client = client
        self._team_id = team_id

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],
    ) -> BoltResponse | None:
        """Let full members through; raises `DatabaseUnavailableError` when nobody can be recognised."""
        body = req.body
        surface = surface_of(body)
        bind_correlation()
        if surface == "event_callback":
            return await next()
        team_id, user_id, user_team_id = _ids(body)
        if team_id != self._team_id():
            user_team_id = "another"
        actor = await self._members.actor(self._team_id(), user_id, user_team_id)
        if isinstance(actor, Stranger):
            ACCESS_DENIED.labels(surface=surface).inc()
            log.warning("access_denied", surface=surface, person_kind=actor.kind.value)
            return await self._refuse(body, language(actor.language))
        req.context[ACTOR] = actor
        return await next()

    async def _refuse(self, body: Mapping[str, Any], speech: Language) -> BoltResponse:
        return await answer_with_sentence(
            self._client,
            body,
            speech.gettext("This isn’t available to you."),
            title=speech.gettext("Not available"),
            close=speech.gettext("Close"),
        )
