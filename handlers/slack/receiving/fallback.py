"""Listeners of last resort: whatever nobody listens to is acknowledged, counted, and answered in words.

Without them Bolt answers 404, which Slack counts as a failed delivery, repeats, and in the end punishes by switching
events off.
"""

from __future__ import annotations

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.language import language
from bot.metrics import UNHANDLED
from handlers.slack.receiving.answers import answer_with_sentence, answered
from handlers.slack.receiving.listener_context import ACTOR, ListenerContext
from handlers.slack.receiving.payloads import KINDS_FROM_PERSON, Payload
from handlers.slack.receiving.routes import Routes
from handlers.slack.words import WORDS


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind what is run where nothing else is bound."""

    async def unknown_interaction(payload: Payload, request: AsyncBoltRequest) -> BoltResponse:
        UNHANDLED.labels(interaction_type=payload.interaction_type).inc()
        speech = language(request.context[ACTOR].person.language, WORDS)
        return await answer_with_sentence(
            door.client,
            payload,
            speech.gettext("I don’t know this one (any more). Type /flagclient help to see what I can do."),
            title=speech.gettext("Flagclient"),
            close=speech.gettext("Close"),
        )

    async def unknown_event(payload: Payload, _: AsyncBoltRequest) -> BoltResponse:
        UNHANDLED.labels(interaction_type=payload.interaction_type).inc()
        return answered()

    for kind in KINDS_FROM_PERSON:
        routes.otherwise(kind, unknown_interaction)
    routes.otherwise("event_callback", unknown_event)
