"""Requests that no workspace of ours can answer: it has none of our secrets, or we cannot look them up right now."""

from __future__ import annotations

from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.language import Language
from bot.log import log
from bot.metrics import FAILURES, UNHANDLED
from handlers.slack.receiving.answers import answer_with_sentence, with_what_was_typed
from handlers.slack.receiving.payloads import EventCallback, Payload


async def answer_not_installed(client: AsyncWebClient, payload: Payload, speech: Language) -> BoltResponse:
    """What somebody hears where we are not installed, or no longer; an event is acknowledged and forgotten."""
    kind = payload.interaction_type
    UNHANDLED.labels(interaction_type=kind).inc()
    log.warning("not_installed", interaction_type=kind)
    sentence = speech.gettext("I’m not installed here any more, so nothing was done. An admin can install me again.")
    return await _answer(client, payload, speech, sentence, event_status=200)


async def answer_unavailable(client: AsyncWebClient, payload: Payload, speech: Language) -> BoltResponse:
    """What somebody hears while the database is away; an event is answered 500, so that Slack repeats it."""
    return await _answer(client, payload, speech, database_gone(speech, payload.interaction_type), event_status=500)


def database_gone(speech: Language, kind: str) -> str:
    """What to say while the database is away; notes it in the log."""
    FAILURES.labels(boundary="database").inc()
    log.error("database_unavailable", interaction_type=kind)
    return speech.gettext("I can’t reach my database right now, so nothing was stored. Please try again in a minute.")


async def _answer(
    client: AsyncWebClient, payload: Payload, speech: Language, sentence: str, event_status: int
) -> BoltResponse:
    if isinstance(payload, EventCallback):
        return BoltResponse(status=event_status, body="")
    sentence = with_what_was_typed(sentence, payload, speech)
    return await answer_with_sentence(
        client, payload, sentence, title=speech.gettext("Flagclient"), close=speech.gettext("Close")
    )
