"""What the reader of a dossier may do next: flag the client."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.usecases.clients import known_client
from handlers.features import ids
from handlers.slack.action_values import clicked_id
from handlers.slack.flags.form import new_form, today_of
from handlers.slack.listener_context import ListenerContext, caller_of
from handlers.slack.modals import show_modal
from handlers.slack.render.flags.form import NamedClient, build_form
from handlers.slack.routes import Routes


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the button."""

    @routes.action(ids.DOSSIER_FLAG)
    async def flag(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody clicks "Flag this client"; the form opens with the client filled in."""
        caller = caller_of(context)
        client_id = clicked_id(body)
        client = await door.database.read(partial(known_client, actor=caller.actor, client_id=client_id))
        form = new_form(caller, today_of(caller, door), client=NamedClient(client.name, client.id))
        await show_modal(door.client, body, build_form(caller.language, form))
        await ack()
