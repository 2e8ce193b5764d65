"""The message from which somebody begins: what it says, and what Slack tells in time of author and address."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.language.marks import unmarked
from handlers.slack.receiving.message_words import Forwarded, words_in
from handlers.slack.receiving.payloads import Message, MessageAction
from handlers.surface.interactions import CapturedMessage

MAX_ASKING_SECONDS = 1.0
"""How long Slack is asked about a message: the form must be open before its trigger runs out."""


async def captured_message(client: AsyncWebClient, payload: MessageAction) -> CapturedMessage:
    """The message that a message shortcut was started from."""
    message = payload.message
    is_of_app = message.bot_id is not None or message.bot_profile is not None or not message.user
    words = words_in(message.text, message.blocks, message.attachments, message.files, is_of_app=is_of_app)
    if not words.own and len(words.forwarded) == 1:
        return await _forwarded(client, payload, words.forwarded[0])
    permalink, author = await asyncio.gather(_permalink(client, payload), _author(client, message))
    return CapturedMessage(text=words.whole, author=author, sent_at=_moment(message.ts), permalink=permalink)


async def _forwarded(client: AsyncWebClient, payload: MessageAction, said: Forwarded) -> CapturedMessage:
    """A message that somebody passed on without a word of their own: it is kept as that of whoever wrote it."""
    permalink = said.permalink if said.permalink.startswith("https://") else await _permalink(client, payload)
    author = said.author or await _author(client, payload.message)
    try:
        sent_at = _moment(said.ts)
    except (ValueError, OverflowError, OSError):
        sent_at = _moment(payload.message.ts)
    return CapturedMessage(text=said.text, author=author, sent_at=sent_at, permalink=permalink)


def _moment(ts: str) -> datetime:
    """When a message was sent, from its timestamp."""
    return datetime.fromtimestamp(float(ts), tz=UTC)


async def _permalink(client: AsyncWebClient, payload: MessageAction) -> str:
    answer = await _asked(client.chat_getPermalink(channel=payload.channel.id, message_ts=payload.message.ts))
    return str(answer.get("permalink") or "")


async def _author(client: AsyncWebClient, message: Message) -> str:
    named = message.username or (message.bot_profile.name if message.bot_profile is not None else None)
    if named or not message.user:
        return named or ""
    user = (await _asked(client.users_info(user=message.user))).get("user") or {}
    return unmarked(str(user.get("real_name") or user.get("name") or ""))


async def _asked(call: Any) -> Mapping[str, Any]:
    """What Slack answers; nothing where it refuses, cannot be reached or takes too long."""
    try:
        answer = await asyncio.wait_for(call, MAX_ASKING_SECONDS)
    except (SlackApiError, aiohttp.ClientError, TimeoutError):
        return {}
    data: Mapping[str, Any] = answer.data
    return data
