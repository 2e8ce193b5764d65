"""Response URLs: where the app may answer one interaction, five times within half an hour."""

import secrets
from collections.abc import Mapping
from typing import Any

from bot.playground.blocks_responses import check_response_message
from bot.playground.clock import Clock
from bot.playground.errors import SlackError
from bot.playground.messages import Messages
from bot.playground.state import Channel, Message, ResponseUrl, Workspace

USES = 5
LIFE_SECONDS = 30 * 60


class ResponseUrls:
    """Hands out response URLs and does what is posted to them."""

    def __init__(self, state: Workspace, clock: Clock, messages: Messages) -> None:
        """Work on `state`."""
        self._state = state
        self._clock = clock
        self._messages = messages

    def issue(self, kind: str, channel: str, user: str, source: Message | None = None) -> str:
        """A fresh URL; `kind` is "commands" or "actions", `source` the message that was acted upon."""
        self._forget_expired()
        key = f"{kind}/{self._state.team_id}/{secrets.randbelow(10**13)}/{secrets.token_urlsafe(18)}"
        self._state.response_urls[key] = ResponseUrl(
            key=key,
            channel=channel,
            user=user,
            expires=self._clock.now().timestamp() + LIFE_SECONDS,
            source_ts=source.ts if source else None,
            thread_ts=source.thread_ts if source else None,
        )
        return f"{self._state.url}{key}"

    def respond(self, key: str, body: Mapping[str, Any]) -> None:
        """Carry out an answer; SlackError `expired_url`, `used_url` or the name of what is wrong with the message."""
        url = self._state.response_urls.get(key)
        if url is None or self._clock.now().timestamp() > url.expires:
            raise SlackError("expired_url")
        if url.uses >= USES:
            raise SlackError("used_url")
        channel = self._state.channels.get(url.channel)
        if channel is None:
            raise SlackError("channel_not_found")
        if channel.is_archived:
            raise SlackError("is_archived")
        source = self._source(channel, url)
        if body.get("delete_original"):
            url.uses += 1
            if source is not None:
                self._messages.delete(source)
            return
        problems = check_response_message(body)
        if problems:
            raise SlackError(problems[0].error)
        url.uses += 1
        self.show(channel, url.user, body, source=source, thread_ts=url.thread_ts)

    def show(
        self,
        channel: Channel,
        user: str,
        body: Mapping[str, Any],
        *,
        source: Message | None = None,
        thread_ts: str | None = None,
    ) -> Message:
        """Show an answer's message: in place of `source`, to the whole channel, or to `user` alone."""
        parts = {"blocks": body.get("blocks") or [], "attachments": body.get("attachments") or []}
        text = body.get("text") or ""
        if source is not None and body.get("replace_original"):
            self._messages.update(source, marked=False, text=text, **parts)
            return source
        thread = body.get("thread_ts") or thread_ts
        if body.get("response_type") == "in_channel":
            bot = self._state.bot_user_id
            return self._messages.post(channel, bot, text, from_app=True, thread_ts=thread, **parts)
        return self._messages.whisper(channel, user, text, thread_ts=thread, **parts)

    def _forget_expired(self) -> None:
        now, urls = self._clock.now().timestamp(), self._state.response_urls
        while urls and next(iter(urls.values())).expires < now:
            del urls[next(iter(urls))]

    def _source(self, channel: Channel, url: ResponseUrl) -> Message | None:
        if url.source_ts is None:
            return None
        seen = [*self._messages.all(channel), *self._messages.private_to(url.user, channel)]
        return next((message for message in seen if message.ts == url.source_ts), None)
