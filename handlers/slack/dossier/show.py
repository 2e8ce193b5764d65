"""`/dossier`, and every way that leads into a dossier or through it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.domain.errors import ClientUnknownError, NotFoundError
from bot.domain.paging import Trail, trail_from
from bot.usecases.actor import Actor
from bot.usecases.client_index import ClientIndex
from bot.usecases.clients import Lookup, look_up
from bot.usecases.dossier import (
    Dossier,
    OwnFlags,
    TimelineEntry,
    read_dossier,
    read_entry,
    read_standing_out,
)
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from handlers.features.dossier.entry import build_entry_view
from handlers.features.dossier.listing import build_did_you_mean, build_list_view, build_standing_out
from handlers.features.dossier.page import build_dossier_message, build_dossier_view
from handlers.slack.action_values import clicked_id, clicked_value, id_in
from handlers.slack.listener_context import Caller, ListenerContext, caller_of
from handlers.slack.members import PLATFORM
from handlers.slack.message_text import plain_text
from handlers.slack.modals import is_in_modal, show_modal
from handlers.slack.render.message import Message
from handlers.slack.render.reading import Reading
from handlers.slack.routes import Routes

Users = dict[int, str]


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the command and the buttons."""
    _register_command(routes, door)
    _register_pages(routes, door)


def _register_command(routes: Routes, door: ListenerContext) -> None:
    @routes.command(ids.COMMAND_DOSSIER)
    async def dossier(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody types `/dossier`, perhaps with a client's name."""
        caller, typed = caller_of(context), plain_text(body.get("text", "")).strip()
        if not typed:
            listed = await door.database.read(partial(read_standing_out, actor=caller.actor, now=door.clock.now()))
            await _answer(door, ack, body, caller, build_standing_out(_reading(caller), listed))
            return
        found = await door.database.read(partial(_find, index=door.index, actor=caller.actor, typed=typed))
        if found.client is None and not found.candidates:
            raise ClientUnknownError(name=typed)
        if found.client is None:
            await _answer(door, ack, body, caller, build_did_you_mean(_reading(caller), typed, found.candidates))
            return
        shown, users = await _dossier(door, caller, found.client.id, Trail())
        if await _is_safe(door, caller, body["channel_id"]):
            message = build_dossier_message(_reading(caller, users), shown)
            await ack(**message.answer(), response_type="ephemeral")
        else:
            await door.client.views_open(
                trigger_id=body["trigger_id"], view=build_dossier_view(_reading(caller, users), shown)
            )
            await ack(text=_elsewhere(caller), response_type="ephemeral")


def _register_pages(routes: Routes, door: ListenerContext) -> None:
    async def page(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody opens a dossier, or goes to older or newer flags in one."""
        caller, action = caller_of(context), body["actions"][0]
        client_id, trail = parse_page(clicked_value(body))
        shown, users = await _dossier(door, caller, client_id, trail)
        reading = _reading(caller, users)
        if await _may_replace(door, caller, body):
            await door.answer(body, build_dossier_message(reading, shown), replace=True)
        elif is_in_modal(body) and action["action_id"] != ids.DOSSIER_SHOW:
            await door.client.views_update(view_id=body["view"]["id"], view=build_dossier_view(reading, shown))
        else:
            await show_modal(door.client, body, build_dossier_view(reading, shown))
        await ack()

    async def entry(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody clicks "Read all of it" on a flag in the timeline."""
        caller = caller_of(context)
        flag_id = clicked_id(body)
        shown, users = await door.database.read(partial(_read_entry, actor=caller.actor, flag_id=flag_id))
        await show_modal(door.client, body, build_entry_view(_reading(caller, users), shown))
        await ack()

    for action_id in (ids.DOSSIER_SHOW, ids.DOSSIER_OLDER, ids.DOSSIER_NEWER):
        routes.action(action_id)(page)
    routes.action(ids.DOSSIER_ENTRY)(entry)


def parse_page(value: str) -> tuple[int, Trail]:
    """The client and the place in its timeline that a button names; raises `NotFoundError` for anything else."""
    client_id, _, trail = value.partition(":")
    try:
        return id_in(client_id), trail_from(trail)
    except ValueError as error:
        raise NotFoundError from error


async def _answer(door: ListenerContext, ack: AsyncAck, body: dict[str, Any], caller: Caller, message: Message) -> None:
    """Answer a command with a list of clients: here where that is safe, in a window where it is not."""
    if await _is_safe(door, caller, body["channel_id"]):
        await ack(**message.answer(), response_type="ephemeral")
        return
    await door.client.views_open(trigger_id=body["trigger_id"], view=build_list_view(_reading(caller), message))
    await ack(text=_elsewhere(caller), response_type="ephemeral")


async def _may_replace(door: ListenerContext, caller: Caller, body: dict[str, Any]) -> bool:
    """Whether the answer can take the place of the one that was clicked, which only this person sees."""
    container = body.get("container") or {}
    if not container.get("is_ephemeral"):
        return False
    return await _is_safe(door, caller, body["channel"]["id"])


async def _is_safe(door: ListenerContext, caller: Caller, channel_id: str) -> bool:
    return await door.audience.is_safe_here(caller.actor.workspace_id, channel_id)


def _elsewhere(caller: Caller) -> str:
    return caller.language.gettext(
        "Others may look on here, so I answered in a window of your own. In a message to me I can answer right away."
    )


def _reading(caller: Caller, users: Users | None = None) -> Reading:
    return Reading(caller.language, caller.actor.person.zone, users or {})


async def _dossier(
    door: ListenerContext, caller: Caller, client_id: int, trail: Trail
) -> tuple[Dossier | OwnFlags, Users]:
    return await door.database.read(
        partial(_read_dossier, actor=caller.actor, client_id=client_id, now=door.clock.now(), trail=trail)
    )


def _find(uow: UnitOfWork, *, index: ClientIndex, actor: Actor, typed: str) -> Lookup:
    return look_up(uow, index, actor, typed)


def _read_dossier(
    uow: UnitOfWork, *, actor: Actor, client_id: int, now: datetime, trail: Trail
) -> tuple[Dossier | OwnFlags, Users]:
    shown = read_dossier(uow, actor, client_id, now, trail)
    return shown, uow.people.external_ids(shown.person_ids, PLATFORM)


def _read_entry(uow: UnitOfWork, *, actor: Actor, flag_id: int) -> tuple[TimelineEntry, Users]:
    _, entry = read_entry(uow, actor, flag_id)
    named = [person.person_id for person in (entry.reporter, *(view.by for view in entry.views))]
    return entry, uow.people.external_ids([person for person in named if person is not None], PLATFORM)
