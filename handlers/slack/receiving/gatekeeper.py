"""The first thing every Slack request meets: is this a full member of our own workspace?

Guests, people of other organisations, bots and whoever Slack cannot vouch for get one and the same answer, which
gives nothing away.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.language import language
from bot.log import log
from bot.metrics import ACCESS_DENIED, UNHANDLED
from handlers.slack.receiving.answers import answer_with_sentence, answered
from handlers.slack.receiving.listener_context import ACTOR
from handlers.slack.receiving.payloads import EventCallback, Payload
from handlers.slack.receiving.routes import PAYLOAD
from handlers.slack.workspaces.members import Members, Stranger


class Gatekeeper(AsyncMiddleware):
    """Bolt's global middleware: leaves an `Actor` in the context, or answers in its stead.

    Events of our workspace pass: they are about people, not from them, and each listener of an event checks what it
    acts on.
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
        """Let full members through.

        Raises `DatabaseUnavailableError` or `PersonUnverifiedError` when nobody can be recognised right now.
        """
        payload: Payload = req.context[PAYLOAD]
        kind = payload.interaction_type
        if isinstance(payload, EventCallback):
            if req.context.team_id == self._team_id():
                return await next()
            UNHANDLED.labels(interaction_type=kind).inc()
            return answered()
        sender = payload.sender
        is_ours = sender.team_id == self._team_id()
        actor = await self._members.actor(
            self._team_id(), sender.user_id, sender.own_team_id if is_ours else sender.team_id
        )
        if isinstance(actor, Stranger):
            return await self._refuse(payload, actor)
        req.context[ACTOR] = actor
        return await next()

    async def _refuse(self, payload: Payload, stranger: Stranger) -> BoltResponse:
        kind = payload.interaction_type
        ACCESS_DENIED.labels(interaction_type=kind).inc()
        log.warning("access_denied", interaction_type=kind, person_kind=stranger.kind.value)
        speech = language(stranger.language)
        return await answer_with_sentence(
            self._client,
            payload,
            speech.gettext("This isn’t available to you."),
            title=speech.gettext("Not available"),
            close=speech.gettext("Close"),
        )
