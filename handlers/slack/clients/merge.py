"""Merging two clients: choose, look beforehand, merge, undo."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.domain.errors import ChoiceUnknownError
from bot.usecases.clients import read_card_to_edit
from bot.usecases.clients.merge import merge_clients, preview_merge, undo_merge
from handlers.features import ids
from handlers.features.clients.merge import (
    build_merge_form,
    build_merge_options,
    build_merge_preview,
    build_merged,
    build_unmerged,
    unmerged_sentence,
)
from handlers.slack.action_values import clicked_id, clicked_value, form_id, id_in, ids_in
from handlers.slack.listener_context import Caller, ListenerContext, caller_of
from handlers.slack.modals import is_in_modal, show_modal
from handlers.slack.render.block_json import plain
from handlers.slack.render.reading import Reading
from handlers.slack.routes import Routes


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the steps of a merge and the way back."""
    _register_choice(routes, door)
    _register_merge(routes, door)
    _register_undo(routes, door)


def _reading(caller: Caller) -> Reading:
    return Reading(caller.language, caller.actor.person.zone)


def _register_choice(routes: Routes, door: ListenerContext) -> None:
    @routes.action(ids.CLIENT_MERGE)
    async def start(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody clicks "Merge with another"."""
        caller = caller_of(context)
        client_id = clicked_id(body)
        card = await door.database.read(
            partial(read_card_to_edit, actor=caller.actor, client_id=client_id, now=door.clock.now())
        )
        await show_modal(door.client, body, build_merge_form(_reading(caller), card.client.id, card.client.name))
        await ack()

    @routes.options(ids.CLIENT_MERGE_INTO)
    async def choices(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody types the name of the client to keep."""
        matches = await door.index.type_ahead(caller_of(context).actor.workspace_id, body.get("value") or "")
        source_id = form_id(body)
        others = [match for match in matches if match.client_id != source_id]
        await ack(options=plain(build_merge_options(others)))

    @routes.view(ids.CLIENT_MERGE_FORM)
    async def look(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody has chosen, and looks at what the merge would come to."""
        caller, view = caller_of(context), body["view"]
        chosen = view["state"]["values"][ids.CLIENT_MERGE_INTO][ids.CLIENT_MERGE_INTO].get("selected_option")
        if not chosen:
            raise ChoiceUnknownError(field=ids.CLIENT_MERGE_INTO)
        preview = await door.database.read(
            partial(
                preview_merge,
                actor=caller.actor,
                source_id=form_id(body),
                target_id=id_in(chosen["value"]),
                now=door.clock.now(),
            )
        )
        await ack(response_action="update", view=build_merge_preview(_reading(caller), preview))


def _register_merge(routes: Routes, door: ListenerContext) -> None:
    @routes.view(ids.CLIENT_MERGE_CONFIRM)
    async def merge(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody says that the two are one."""
        caller = caller_of(context)
        source_id, target_id = ids_in(body["view"]["private_metadata"], 2)
        merged = await door.database.write(
            partial(
                merge_clients,
                actor=caller.actor,
                source_id=source_id,
                target_id=target_id,
                now=door.clock.now(),
                calendar=door.calendar(caller.actor.settings),
            )
        )
        door.index.drop(source_id)
        door.index.put(caller.actor.workspace_id, merged.names)
        await ack(response_action="update", view=build_merged(_reading(caller), merged))


def _register_undo(routes: Routes, door: ListenerContext) -> None:
    @routes.action(ids.CLIENT_UNMERGE)
    async def undo(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody clicks "Undo the merge"."""
        caller = caller_of(context)
        target_id, merge_id = ids_in(clicked_value(body), 2)
        unmerged = await door.database.write(
            partial(
                undo_merge,
                actor=caller.actor,
                target_id=target_id,
                merge_id=merge_id,
                now=door.clock.now(),
                calendar=door.calendar(caller.actor.settings),
            )
        )
        door.index.put(caller.actor.workspace_id, unmerged.names)
        if is_in_modal(body):
            view = build_unmerged(_reading(caller), unmerged)
            await door.client.views_update(view_id=body["view"]["id"], view=view)
        else:
            await door.answer(body, unmerged_sentence(_reading(caller), unmerged))
        await ack()
