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
from handlers.slack.receiving.message_text import plain_text
from handlers.slack.receiving.payloads import Message, MessageAction
from handlers.surface.interactions import CapturedMessage

MAX_ASKING_SECONDS = 1.0
"""How long Slack is asked about a message: the form must be open before its trigger runs out."""


async def captured_message(client: AsyncWebClient, payload: MessageAction) -> CapturedMessage:
    """The message that a message shortcut was started from."""
    message = payload.message
    permalink, author = await asyncio.gather(_permalink(client, payload), _author(client, message))
    return CapturedMessage(
        text=plain_text(message.text or ""),
        author=author,
        sent_at=datetime.fromtimestamp(float(message.ts), tz=UTC),
        permalink=permalink,
    )


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
