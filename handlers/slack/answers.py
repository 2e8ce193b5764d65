"""Saying one sentence back to a gesture, in whatever way its kind allows, so that only the person sees it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import PlainTextObject, SectionBlock
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

JSON: dict[str, str | Sequence[str]] = {"content-type": ["application/json;charset=utf-8"]}


def _answer(body: Mapping[str, Any] | None = None) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(body) if body is not None else "", headers=JSON if body else None)


def notice_view(title: str, sentence: str, close: str) -> View:
    """A small window with one sentence."""
    return View(
        type="modal",
        title=PlainTextObject(text=title),
        close=PlainTextObject(text=close),
        blocks=[SectionBlock(text=PlainTextObject(text=sentence[:3000]))],
    )


def _first_input(view: Mapping[str, Any]) -> str | None:
    return next((block["block_id"] for block in view.get("blocks", []) if block.get("type") == "input"), None)


def _answer_submission(view: Mapping[str, Any], sentence: str, field: str | None, window: View) -> BoltResponse:
    """A form stays open with everything that was typed; the sentence stands at its field, or at the first one."""
    inputs = {block["block_id"] for block in view.get("blocks", []) if block.get("type") == "input"}
    at = field if field in inputs else _first_input(view)
    if at is None:
        return _answer({"response_action": "push", "view": window.to_dict()})
    return _answer({"response_action": "errors", "errors": {at: sentence[:2000]}})


async def answer_with_sentence(
    client: AsyncWebClient,
    body: Mapping[str, Any],
    sentence: str,
    *,
    title: str,
    close: str,
    field: str | None = None,
) -> BoltResponse:
    """Answer the gesture in `body` with `sentence`, seen by nobody else.

    What Slack refuses here (a trigger that ran out, a response URL that was used up) is let go: the gesture is
    acknowledged all the same.
    """
    window = notice_view(title, sentence, close)
    kind = body.get("type")
    if "command" in body:
        return _answer({"response_type": "ephemeral", "text": sentence})
    if kind == "view_submission":
        return _answer_submission(body["view"], sentence, field, window)
    if kind == "block_suggestion":
        return _answer({"options": []})
    if body.get("response_url"):
        await AsyncWebhookClient(body["response_url"], retry_handlers=[]).send(
            text=sentence, response_type="ephemeral", replace_original=False
        )
    elif body.get("trigger_id") and kind != "view_closed":
        opens = client.views_push if body.get("view", {}).get("type") == "modal" else client.views_open
        try:
            await opens(trigger_id=body["trigger_id"], view=window)
        except SlackApiError:
            return _answer()
    return _answer()
