"""The card of a client: opened as a form, saved as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from msgspec.structs import replace
from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.domain.model import Client, PersonKind
from bot.usecases.actor import Actor
from bot.usecases.client_index import IndexedName
from bot.usecases.clients import Card, SaveCard, index_names, read_card_to_edit, save_card
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from handlers.features.clients.forms import build_card_form, build_saved
from handlers.slack.action_values import clicked_id
from handlers.slack.clients.card_form import CardForm, parse_card_form
from handlers.slack.directory import Profile
from handlers.slack.idempotency_keys import IdempotencyKey, idempotency_key
from handlers.slack.listener_context import ListenerContext, caller_of
from handlers.slack.members import PLATFORM
from handlers.slack.modals import show_modal
from handlers.slack.named_people import person_ids, profile_of
from handlers.slack.render.reading import Reading
from handlers.slack.routes import Routes

_MAY_BE_NAMED = frozenset({PersonKind.MEMBER, PersonKind.DEACTIVATED})
"""Whom a card may name: somebody who has left may stay on it, guests and outsiders never come on it."""

Profiles = Mapping[str, Profile]


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the button that opens the form, and the form."""

    @routes.action(ids.DOSSIER_EDIT)
    async def edit(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody clicks "Edit the card"."""
        caller = caller_of(context)
        client_id = clicked_id(body)
        card, users = await door.database.read(
            partial(_read, actor=caller.actor, client_id=client_id, now=door.clock.now())
        )
        reading = Reading(caller.language, caller.actor.person.zone, users)
        await show_modal(door.client, body, build_card_form(reading, card, caller.actor.settings.currency))
        await ack()

    @routes.view(ids.CLIENT_FORM)
    async def save(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody saves the card."""
        caller = caller_of(context)
        form = parse_card_form(body["view"])
        profiles = await _profiles(door, form)
        client, names = await door.database.write(
            partial(
                _save,
                actor=caller.actor,
                form=form,
                profiles=profiles,
                key=idempotency_key(body),
                now=door.clock.now(),
            )
        )
        door.index.put(caller.actor.workspace_id, names)
        await ack(response_action="update", view=build_saved(Reading(caller.language, ""), client))


def _read(uow: UnitOfWork, *, actor: Actor, client_id: int, now: datetime) -> tuple[Card, dict[int, str]]:
    card = read_card_to_edit(uow, actor, client_id, now)
    named = [person for person in (card.client.owner_id, *card.people) if person is not None]
    return card, uow.people.external_ids(named, PLATFORM)


async def _profiles(door: ListenerContext, form: CardForm) -> Profiles:
    """Slack's profiles of everybody on the card; raises `ChoiceUnknownError` at the field of one who may not be."""
    profiles: dict[str, Profile] = {}
    chosen = [(ids.CLIENT_FORM_OWNER, form.owner)] if form.owner else []
    chosen += [(ids.CLIENT_FORM_PEOPLE, user) for user in form.people]
    for field, user in chosen:
        profiles[user] = await profile_of(door.directory, user, field, _MAY_BE_NAMED)
    return profiles


def _save(
    uow: UnitOfWork, *, actor: Actor, form: CardForm, profiles: Profiles, key: IdempotencyKey, now: datetime
) -> tuple[Client, list[IndexedName]]:
    people = person_ids(uow, actor.workspace_id, profiles)
    change = replace(
        form.change,
        owner_id=people[form.owner] if form.owner else None,
        people=tuple(people[user] for user in form.people),
    )
    client = save_card(uow, actor, SaveCard(key.key, key.content_hash, form.client_id, change), now)
    return client, index_names(uow, client)
