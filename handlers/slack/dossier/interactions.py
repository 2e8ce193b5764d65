"""What the reader of a dossier may do next: talk about the client."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.response import BoltResponse

from bot.usecases.discussion import open_discussion_by_hand
from handlers.features import ids
from handlers.features.discussion.messages import build_discussion_opened
from handlers.slack.action_values import clicked_id
from handlers.slack.answers import answer_with_sentence
from handlers.slack.listener_context import ListenerContext, caller_of
from handlers.slack.receiving.payloads import Payload
from handlers.slack.routes import Routes


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the button."""

    @routes.action(ids.DOSSIER_DISCUSS)
    async def discuss(body: dict[str, Any], payload: Payload, context: AsyncBoltContext) -> BoltResponse:
        """A reviewer clicks "Talk about it"; the answer names the case code alone."""
        caller = caller_of(context)
        opened, is_new = await door.database.write(
            partial(
                open_discussion_by_hand,
                actor=caller.actor,
                client_id=clicked_id(body),
                now=door.clock.now(),
                calendar=door.calendar(caller.actor.settings),
            )
        )
        t = caller.language
        told = build_discussion_opened(t, opened.code, is_new=is_new).text
        return await answer_with_sentence(
            door.client, payload, told, title=t.gettext("Dossier"), close=t.gettext("Close")
        )
