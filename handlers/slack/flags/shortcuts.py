"""Shortcuts: flag a client from anywhere, or from a message, which is kept as evidence as it was."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.errors import SlackApiError

from bot.domain.flag_rules import MAX_TEXT_LENGTH, FlagDraft
from bot.domain.model import Evidence
from bot.usecases.flags import keep_evidence
from handlers.features import ids
from handlers.slack.flags.form import new_form, open_form, today_of
from handlers.slack.idempotency_keys import idempotency_key
from handlers.slack.listener_context import ListenerContext, caller_of
from handlers.slack.message_text import plain_text
from handlers.slack.render.flags.metadata import MAX_EXCERPT_LENGTH, FormMetadata
from handlers.slack.render.fragments import cut
from handlers.slack.routes import Routes

MAX_ASKING_SECONDS = 1.0
"""How long Slack is asked about a message: the form must be open before its trigger runs out."""


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind both shortcuts."""

    @routes.global_shortcut(ids.SHORTCUT_FLAG)
    async def start(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody starts from anywhere."""
        caller = caller_of(context)
        await open_form(door, caller, body["trigger_id"], new_form(caller, today_of(caller, door)))
        await ack()

    @routes.message_shortcut(ids.SHORTCUT_FLAG_MESSAGE)
    async def start_from_message(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody starts from a message; whatever channel it is in, everything goes on privately."""
        caller = caller_of(context)
        evidence = await _evidence(door, body)
        kept_as = await door.database.write(
            partial(
                keep_evidence,
                actor=caller.actor,
                key=idempotency_key(body).key,
                evidence=evidence,
                now=door.clock.now(),
            )
        )
        form = new_form(
            caller,
            today_of(caller, door),
            draft=FlagDraft(what_happened=cut(evidence.text, MAX_TEXT_LENGTH)),
            metadata=FormMetadata(evidence_key=kept_as, excerpt=cut(evidence.text, MAX_EXCERPT_LENGTH)),
        )
        await open_form(door, caller, body["trigger_id"], form)
        await ack()


async def _evidence(door: ListenerContext, body: Mapping[str, Any]) -> Evidence:
    """The message as it is now, with what Slack says in time about its author and address."""
    message = body["message"]
    permalink, author = await asyncio.gather(_permalink(door, body), _author(door, message))
    return Evidence(
        text=plain_text(message.get("text") or ""),
        author=author,
        sent_at=datetime.fromtimestamp(float(message["ts"]), tz=UTC),
        permalink=permalink,
    )


async def _permalink(door: ListenerContext, body: Mapping[str, Any]) -> str:
    answer = await _asked(
        door.client.chat_getPermalink(channel=body["channel"]["id"], message_ts=body["message"]["ts"])
    )
    return str(answer.get("permalink") or "")


async def _author(door: ListenerContext, message: Mapping[str, Any]) -> str:
    named = message.get("username") or (message.get("bot_profile") or {}).get("name") or ""
    if named or not message.get("user"):
        return str(named)
    user = (await _asked(door.client.users_info(user=message["user"]))).get("user") or {}
    return str(user.get("real_name") or user.get("name") or "")


async def _asked(call: Any) -> Mapping[str, Any]:
    """What Slack answers; nothing where it refuses, cannot be reached or takes too long."""
    try:
        answer = await asyncio.wait_for(call, MAX_ASKING_SECONDS)
    except (SlackApiError, aiohttp.ClientError, TimeoutError):
        return {}
    data: Mapping[str, Any] = answer.data
    return data
