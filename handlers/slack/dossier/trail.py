"""Who did what about a client, for those who may see it."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.usecases.actor import Actor
from bot.usecases.dossier import DoneToClient, read_done_to_client
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from handlers.features.dossier.trail import build_trail
from handlers.slack.action_values import clicked_id
from handlers.slack.listener_context import ListenerContext, caller_of
from handlers.slack.members import PLATFORM
from handlers.slack.modals import show_modal
from handlers.slack.render.reading import Reading
from handlers.slack.routes import Routes


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the button."""

    @routes.action(ids.DOSSIER_TRAIL)
    async def trail(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody clicks "Who did what"."""
        caller = caller_of(context)
        done, users = await door.database.read(partial(_read, actor=caller.actor, client_id=clicked_id(body)))
        reading = Reading(caller.language, caller.actor.person.zone, users)
        await show_modal(door.client, body, build_trail(reading, done))
        await ack()


def _read(uow: UnitOfWork, *, actor: Actor, client_id: int) -> tuple[DoneToClient, dict[int, str]]:
    done = read_done_to_client(uow, actor, client_id)
    return done, uow.people.external_ids(done.person_ids, PLATFORM)
