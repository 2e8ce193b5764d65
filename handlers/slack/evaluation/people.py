"""Who takes part: a reviewer asks in colleagues or says who is away, and everybody can say so of themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.models.views import View

from bot.usecases.actor import Actor
from bot.usecases.discussion import ask_in
from bot.usecases.evaluation import TakingPart, read_taking_part, say_away
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from handlers.features.evaluation.people_form import build_people_form
from handlers.slack.action_values import clicked_id, form_id
from handlers.slack.directory import Profile
from handlers.slack.listener_context import Caller, ListenerContext, caller_of
from handlers.slack.members import PLATFORM
from handlers.slack.modals import is_in_modal, show_modal
from handlers.slack.named_people import person_ids, profile_of
from handlers.slack.render.reading import Reading
from handlers.slack.routes import Routes


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind both buttons and the form."""

    @routes.action(ids.EVALUATION_PEOPLE)
    async def take_part(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody clicks "Who takes part" or "Ask in a colleague"."""
        await show_modal(door.client, body, await _window(door, caller_of(context), clicked_id(body)))
        await ack()

    @routes.view(ids.EVALUATION_PEOPLE_FORM)
    async def save(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """A reviewer says whom to ask in and who is away."""
        asked = await _members(door, _chosen(body["view"], ids.EVALUATION_PEOPLE_ASK))
        await door.database.write(
            partial(
                _save,
                actor=caller_of(context).actor,
                discussion_id=form_id(body),
                asked=asked,
                away=_chosen(body["view"], ids.EVALUATION_PEOPLE_AWAY),
                now=door.clock.now(),
            )
        )
        await ack()

    @routes.action(ids.EVALUATION_AWAY)
    async def away(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody clicks "I can’t answer now"."""
        caller = caller_of(context)
        await door.database.write(
            partial(
                say_away,
                actor=caller.actor,
                discussion_id=clicked_id(body),
                person_ids=[caller.actor.person.id],
                now=door.clock.now(),
            )
        )
        if is_in_modal(body):
            window = await _window(door, caller, clicked_id(body))
            await door.client.views_update(view_id=body["view"]["id"], view=window)
            await ack()
            return
        await ack()
        t = caller.language
        await door.answer(body, t.gettext("Noted: nobody waits for you this time. You can still answer."))


def _read(uow: UnitOfWork, *, actor: Actor, discussion_id: int) -> tuple[TakingPart, dict[int, str]]:
    taking_part = read_taking_part(uow, actor, discussion_id)
    return taking_part, uow.people.external_ids(taking_part.asked, PLATFORM)


async def _window(door: ListenerContext, caller: Caller, discussion_id: int) -> View:
    taking_part, users = await door.database.read(partial(_read, actor=caller.actor, discussion_id=discussion_id))
    return build_people_form(Reading(caller.language, caller.actor.person.zone, users), taking_part)


async def _members(door: ListenerContext, users: tuple[str, ...]) -> Mapping[str, Profile]:
    """Slack's profiles of who is to be asked in; raises `ChoiceUnknownError` for anybody but a full member."""
    return {user: await profile_of(door.directory, user, ids.EVALUATION_PEOPLE_ASK) for user in users}


def _save(
    uow: UnitOfWork,
    *,
    actor: Actor,
    discussion_id: int,
    asked: Mapping[str, Profile],
    away: tuple[str, ...],
    now: datetime,
) -> None:
    if asked:
        ask_in(uow, actor, discussion_id, person_ids(uow, actor.workspace_id, asked).values(), now)
    known = [uow.people.person_by_external(actor.workspace_id, PLATFORM, user) for user in away]
    people_away = [person.id for person in known if person is not None]
    if people_away:
        say_away(uow, actor, discussion_id, people_away, now)


def _chosen(view: Mapping[str, Any], block_id: str) -> tuple[str, ...]:
    element = view["state"]["values"].get(block_id, {}).get(block_id) or {}
    return tuple(str(user) for user in element.get("selected_users") or ())
