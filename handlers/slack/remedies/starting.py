"""Starting a trial: the button in the dossier and in a discussion, and its form."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.domain.errors import FlagclientError
from bot.domain.remedies import Remedy
from bot.domain.timetable import WorkingCalendar
from bot.usecases.actor import Actor
from bot.usecases.ports import UnitOfWork
from bot.usecases.remedies import read_remedy_begin, start_remedy
from handlers.features import ids
from handlers.features.remedies.forms import build_remedy_form
from handlers.slack.action_values import clicked_id, form_id
from handlers.slack.directory import Profile
from handlers.slack.idempotency_keys import IdempotencyKey, idempotency_key
from handlers.slack.listener_context import ListenerContext, caller_of
from handlers.slack.modals import show_modal
from handlers.slack.named_people import person_ids, profile_of
from handlers.slack.remedies.form_reading import RemedyForm, at_its_field, parse_remedy
from handlers.slack.routes import Routes


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the button and the form."""

    @routes.action(ids.REMEDY_START)
    async def begin(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody clicks "Try something"."""
        caller = caller_of(context)
        start = await door.database.read(
            partial(read_remedy_begin, actor=caller.actor, client_id=clicked_id(body), now=door.clock.now())
        )
        form = build_remedy_form(caller.language, start, body["user"]["id"])
        await show_modal(door.client, body, form)
        await ack()

    @routes.view(ids.REMEDY_FORM)
    async def started(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody sends the form."""
        caller = caller_of(context)
        form = parse_remedy(body["view"]["state"]["values"])
        profile = await profile_of(door.directory, form.owner, ids.REMEDY_OWNER)
        try:
            await door.database.write(
                partial(
                    _start,
                    actor=caller.actor,
                    client_id=form_id(body),
                    form=form,
                    profile=profile,
                    key=idempotency_key(body),
                    now=door.clock.now(),
                    calendar=door.calendar(caller.actor.settings),
                )
            )
        except FlagclientError as error:
            raise at_its_field(error) from None
        await ack()


def _start(
    uow: UnitOfWork,
    *,
    actor: Actor,
    client_id: int,
    form: RemedyForm,
    profile: Profile,
    key: IdempotencyKey,
    now: datetime,
    calendar: WorkingCalendar,
) -> Remedy | None:
    """Start the trial once, however often the form is delivered."""
    if not uow.inbox.accept(actor.workspace_id, key.key, key.content_hash, now):
        return None
    owner_id = person_ids(uow, actor.workspace_id, {form.owner: profile})[form.owner]
    return start_remedy(uow, actor, client_id, form.draft(owner_id), now, calendar)
