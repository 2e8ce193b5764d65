"""Saying one sentence back to an interaction, in whatever way its kind allows, so that only the person sees it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import aiohttp
import msgspec
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.domain.errors import FlagclientError
from bot.language import Language
from bot.log import log
from handlers.slack.painting.form import paint_form
from handlers.slack.painting.message import MAX_ANSWER_LENGTH, Block
from handlers.slack.painting.text import mrkdwn, plain
from handlers.slack.receiving.payloads import BlockSuggestion, Command, Payload, ViewClosed, ViewSubmission
from handlers.slack.receiving.views import View
from handlers.surface.form import page
from handlers.surface.message import Verbatim

Lost = Callable[[Payload], Awaitable[None]]
"""What to do for the person behind an interaction whose answer did not reach them."""

JSON: dict[str, str | Sequence[str]] = {"content-type": ["application/json;charset=utf-8"]}
SENDING_SECONDS = 10

MAX_ERROR_LENGTH = 2000
"""How much of a sentence stands at a field; Slack names no limit."""

LOST = (SlackApiError, aiohttp.ClientError, asyncio.TimeoutError, OSError)
"""How a call ends that was refused, or that nobody answered."""


def answered(body: Mapping[str, Any] | None = None) -> BoltResponse:
    """An acknowledgement, with what Slack is to show."""
    said = msgspec.json.encode(body).decode() if body is not None else ""
    return BoltResponse(status=200, body=said, headers=JSON if body else None)


def notice_view(title: str, sentence: str, close: str) -> Block:
    """A small window with one sentence."""
    return paint_form(page(title, close, [Verbatim(sentence)]), {})


def keep_window_open(
    payload: Payload, sentence: str, *, title: str, close: str, field: str | None = None
) -> BoltResponse:
    """Leave a form open with everything that was typed; the sentence stands at its `field`, or at the first one."""
    inputs = payload.window.inputs if payload.window is not None else []
    if not inputs:
        return answered({"response_action": "push", "view": notice_view(title, sentence, close)})
    errors = {_input_called(field, inputs): plain(sentence, MAX_ERROR_LENGTH)}
    return answered({"response_action": "errors", "errors": errors})


def with_what_was_typed(sentence: str, payload: Payload, speech: Language) -> str:
    """A sentence that nothing was done, with the command to copy and send again: Slack keeps it nowhere.

    It stands where it was typed a moment ago, for whoever typed it. A form stays open and needs nothing.
    """
    if not isinstance(payload, Command) or not payload.text:
        return sentence
    typed = speech.gettext("You typed: {text}", text=f"{payload.command} {payload.text}")
    return f"{sentence}\n{typed}"


def errors_at_fields(view: View, errors: Sequence[FlagclientError], t: Language) -> dict[str, Any]:
    """The answer that leaves a form open with each error at its field; what has no field is at the first."""
    inputs = view.inputs
    said: dict[str, list[str]] = {}
    for error in errors:
        said.setdefault(_input_called(error.field, inputs), []).append(t.sentence(error))
    return {
        "response_action": "errors",
        "errors": {at: plain(" ".join(lines), MAX_ERROR_LENGTH) for at, lines in said.items()},
    }


def _input_called(field: str | None, inputs: Sequence[str]) -> str:
    """The block id of a field, which is called by its id, with or without its version, or by the last part of that."""
    for block_id in inputs:
        field_id = block_id.partition(":")[0]
        if field in (block_id, field_id, field_id.rpartition(".")[2]):
            return block_id
    return inputs[0]


async def send_to_response_url(payload: Payload, message: Mapping[str, Any]) -> bool:
    """Post to the response URL of an interaction; false when it has none or Slack does not take the message.

    Slack takes five within half an hour, so this is for the first answers to an interaction and for nothing later.
    """
    if not payload.answers_at:
        return False
    try:
        answer = await AsyncWebhookClient(payload.answers_at, retry_handlers=[], timeout=SENDING_SECONDS).send_dict(
            dict(message)
        )
    except LOST as error:
        log.warning("answer_lost", error=type(error).__name__)
        return False
    if answer.status_code != 200:
        log.warning("answer_lost", status=answer.status_code)
    return answer.status_code == 200


async def answer_with_sentence(
    client: AsyncWebClient,
    payload: Payload,
    sentence: str,
    *,
    title: str,
    close: str,
    field: str | None = None,
    lost: Lost | None = None,
) -> BoltResponse:
    """Answer with `sentence`, plain text that may hold what somebody typed, seen by nobody else.

    A click is answered in a window, as a message would stand at the end of the conversation, out of sight; there it
    is said where Slack opens no window any more. The interaction is acknowledged all the same when Slack does not take
    the sentence, because a trigger ran out or a response URL was used up; `lost` is called then.
    """
    match payload:
        case Command():
            return answered(_ephemeral(sentence))
        case ViewSubmission():
            return keep_window_open(payload, sentence, title=title, close=close, field=field)
        case BlockSuggestion():
            return answered({"options": []})
        case ViewClosed():
            return answered()
    is_told = await _show(client, payload, notice_view(title, sentence, close))
    if not is_told:
        is_told = await send_to_response_url(payload, {**_ephemeral(sentence), "replace_original": False})
    if lost is not None and not is_told:
        await lost(payload)
    return answered()


def _ephemeral(sentence: str) -> Block:
    return {"response_type": "ephemeral", "text": mrkdwn(sentence, {}, MAX_ANSWER_LENGTH)}


async def _show(client: AsyncWebClient, payload: Payload, window: Block) -> bool:
    opens = client.views_push if payload.is_in_modal else client.views_open
    try:
        await opens(trigger_id=payload.opens_with, view=window)
    except LOST as error:
        log.warning("answer_lost", error=type(error).__name__)
        return False
    return True
