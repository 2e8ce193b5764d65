"""Reading all that was said in an evaluation, in a window of one's own."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.usecases.actor import Actor
from bot.usecases.evaluation import Evaluation, read_for
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from handlers.features.evaluation.everything import build_everything
from handlers.slack.action_values import clicked_id
from handlers.slack.listener_context import ListenerContext, caller_of
from handlers.slack.members import PLATFORM
from handlers.slack.modals import show_modal
from handlers.slack.render.reading import Reading
from handlers.slack.routes import Routes


def _read(uow: UnitOfWork, *, actor: Actor, discussion_id: int) -> tuple[str, Evaluation, dict[int, str]]:
    code, evaluation = read_for(uow, actor, discussion_id)
    return code, evaluation, uow.people.external_ids(sorted(evaluation.person_ids), PLATFORM)


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the button."""

    @routes.action(ids.EVALUATION_READ)
    async def read(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody clicks "Read everything"."""
        caller = caller_of(context)
        code, evaluation, users = await door.database.read(
            partial(_read, actor=caller.actor, discussion_id=clicked_id(body))
        )
        reading = Reading(caller.language, caller.actor.person.zone, users)
        await show_modal(door.client, body, build_everything(reading, code, evaluation))
        await ack()
