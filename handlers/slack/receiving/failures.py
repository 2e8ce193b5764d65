"""The one error listener: a known error becomes its sentence, an unknown one a reference in the log and the answer."""

from __future__ import annotations

from functools import partial

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.delivery_outcome import PlatformDown, Reason, RetryLater
from bot.domain.errors import FlagclientError, PersonUnverifiedError
from bot.language import Language
from bot.log import log, new_reference, where
from bot.metrics import FAILURES
from bot.usecases.ports.database import DatabaseUnavailableError
from handlers.slack.receiving.answers import answer_with_sentence, with_what_was_typed
from handlers.slack.receiving.discretion import discreet
from handlers.slack.receiving.listener_context import ACTOR
from handlers.slack.receiving.lost_answers import LostAnswers
from handlers.slack.receiving.payloads import EventCallback, Payload
from handlers.slack.receiving.routes import PAYLOAD
from handlers.slack.receiving.unserved import database_gone
from handlers.slack.sending.connection_errors import CONNECTION_ERRORS, slack_code
from handlers.slack.sending.errors import Family
from handlers.slack.sending.web_api import ended_by
from handlers.slack.workspaces.audience import AudienceReader
from handlers.slack.workspaces.installation import InstallationUnknownError
from handlers.slack.workspaces.members import Members

EXPIRED_TRIGGERS = frozenset({"expired_trigger_id", "exchanged_trigger_id", "trigger_expired"})
"""What Slack answers when a form was to be opened more than three seconds after the interaction."""


NO_WINDOW = frozenset({"invalid_trigger_id", "push_limit_reached"})
"""What Slack answers where nothing can be opened: for what was made up, or on top of three windows."""


class Failures:
    """What a person is told when an interaction failed; a failed event is answered 500, so that Slack repeats it."""

    def __init__(self, client: AsyncWebClient, members: Members, audience: AudienceReader, lost: LostAnswers) -> None:
        self._client = client
        self._members = members
        self._audience = audience
        self._lost = lost

    async def handle(self, error: Exception, request: AsyncBoltRequest) -> BoltResponse:
        """Turn `error`, raised while handling `request`, into an answer."""
        payload: Payload = request.context[PAYLOAD]
        kind = payload.interaction_type
        speech = self._members.speech(payload.sender.user_id)
        if ACTOR in request.context:
            error = await discreet(error, payload, self._audience, request.context[ACTOR].workspace_id)
        sentence, field = _sentence(error, speech, kind)
        if isinstance(payload, EventCallback):
            return BoltResponse(status=200 if isinstance(error, FlagclientError) else 500, body="")
        if not isinstance(error, FlagclientError) or isinstance(error, PersonUnverifiedError):
            sentence = with_what_was_typed(sentence, payload, speech)
        return await answer_with_sentence(
            self._client,
            payload,
            sentence,
            title=speech.gettext("Flagclient"),
            close=speech.gettext("Close"),
            field=field,
            lost=partial(self._lost.tell, done=False),
        )


def _is_slack_busy(error: Exception) -> bool:
    """Whether Slack is out of reach, or asks to slow down."""
    outcome = ended_by(Family.OPEN, error).outcome
    return isinstance(outcome, PlatformDown) or (
        isinstance(outcome, RetryLater) and outcome.reason is Reason.RATE_LIMITED
    )


def _sentence(error: Exception, speech: Language, kind: str) -> tuple[str, str | None]:
    """What to say about `error`, and the form's field that it belongs to; notes it in the log."""
    if isinstance(error, FlagclientError):
        log.info("interaction_refused", interaction_type=kind, error=type(error).__name__)
        return speech.sentence(error), error.field
    if isinstance(error, DatabaseUnavailableError):
        return database_gone(speech, kind), None
    if isinstance(error, InstallationUnknownError):
        log.warning("not_ready", interaction_type=kind)
        return speech.gettext("I’m still starting, so nothing was done. Please try again in a minute."), None
    if slack_code(error) in EXPIRED_TRIGGERS:
        log.warning("trigger_expired", interaction_type=kind)
        return speech.gettext(
            "That took too long, so Slack gave up waiting. Nothing was stored. Please try again."
        ), None
    if slack_code(error) in NO_WINDOW:
        log.warning("window_refused", interaction_type=kind)
        return speech.gettext(
            "{platform} doesn’t let me open another window here. Please close what is open, and begin again."
        ), None
    if isinstance(error, CONNECTION_ERRORS) and _is_slack_busy(error):
        log.warning("slack_unreachable", interaction_type=kind, error=type(error).__name__)
        return speech.gettext(
            "{platform} isn’t answering me properly right now, so I couldn’t open this. Please try again in a minute."
        ), None
    reference = new_reference()
    FAILURES.labels(boundary="listener").inc()
    log.error(
        "listener_failed",
        interaction_type=kind,
        error=type(error).__name__,
        reference=reference,
        line=where(error),
    )
    return speech.gettext(
        "Something went wrong, so this may not have been done. Please look before you try again; "
        "if it keeps happening, give your admin this reference: {reference}.",
        reference=reference,
    ), None
