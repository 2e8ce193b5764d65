"""Answering Slack within its three seconds, also when the work behind an answer takes longer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

from slack_bolt.response import BoltResponse

from bot.language import Language
from bot.log import log
from bot.metrics import LATE_ANSWERS
from handlers.slack.receiving.answers import answered, keep_window_open, send_to_response_url
from handlers.slack.receiving.payloads import Command, Payload


class AckDeadline:
    """Waits for an answer as long as Slack does. What takes longer goes on, and what it answers is sent after it.

    A form stays open with its text, so that it can be sent again: keys make sure that nothing is recorded twice.
    Events are not cut short, since Slack repeats them, and may only hear "done" when it is true. `seconds` is how long
    an answer may take.
    """

    def __init__(self, speech: Callable[[Payload], Language], seconds: float) -> None:
        self._speech = speech
        self.seconds = seconds
        self._late: set[asyncio.Task[None]] = set()

    async def meet(self, work: Coroutine[Any, Any, BoltResponse], payload: Payload) -> BoltResponse:
        """What `work` answers to an interaction, or a word in its stead when that would come too late."""
        kind = payload.interaction_type
        if kind == "event_callback":
            return await work
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[None] = loop.create_future()
        running = loop.create_task(_announced(work, waiter))
        timer = loop.call_later(self.seconds, _release, waiter)
        try:
            await waiter
        finally:
            timer.cancel()
        if running.done():
            return running.result()
        LATE_ANSWERS.labels(interaction_type=kind).inc()
        log.warning("answer_late", interaction_type=kind)
        following = asyncio.create_task(self._follow(running, payload))
        self._late.add(following)
        following.add_done_callback(self._late.discard)
        return self._meanwhile(kind, payload)

    async def drain(self, seconds: float) -> None:
        """Give what is still being worked on up to `seconds` to end."""
        if self._late:
            await asyncio.wait(self._late, timeout=seconds)

    def _meanwhile(self, kind: str, payload: Payload) -> BoltResponse:
        t = self._speech(payload)
        if kind == "command":
            text = t.gettext("One moment, this takes a little longer than usual. I’ll tell you here when it’s done.")
            return answered({"response_type": "ephemeral", "text": text})
        if kind == "view_submission":
            text = t.gettext(
                "This takes longer than usual. Your text is safe: please send it once more in a moment. "
                "Nothing is recorded twice."
            )
            return keep_window_open(payload, text, title="Flagclient", close=t.gettext("Close"))
        return answered({"options": []} if kind == "block_suggestion" else None)

    async def _follow(self, running: asyncio.Task[BoltResponse], payload: Payload) -> None:
        response = await running
        if isinstance(payload, Command) and response.body:
            await send_to_response_url(payload, json.loads(response.body))


async def _announced(work: Coroutine[Any, Any, BoltResponse], waiter: asyncio.Future[None]) -> BoltResponse:
    """What `work` answers; `waiter` hears in its last step, two turns of the loop before `asyncio.wait` would."""
    try:
        return await work
    finally:
        _release(waiter)


def _release(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_result(None)
