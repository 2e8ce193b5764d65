"""A client's card: what is known of it besides its flags, and changing that."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from msgspec import Struct

from bot.domain.agreement import Agreement
from bot.domain.audit import CARD_PARTS
from bot.domain.card_rules import check_card
from bot.domain.errors import ClientNameInvalidError, ClientNameTakenError, NotFoundError
from bot.domain.model import Client
from bot.domain.names import clean_name, normalized, with_legal_form
from bot.domain.visibility import may_edit_client
from bot.usecases.actor import Actor
from bot.usecases.audit import note_card_change
from bot.usecases.clients.client_index import IndexedName
from bot.usecases.clients.living import redraw_messages
from bot.usecases.clients.lookup import involvement_in
from bot.usecases.ports import UnitOfWork
from bot.usecases.ports.clients import ClientName
from bot.usecases.returning.watching import watch_for_return

UNDO_MERGE_FOR = timedelta(days=30)
"""How long a merge can be undone."""

NAME_FIELD = "name"
ALIASES_FIELD = "aliases"
CONTACTS_FIELD = "contacts"
"""The fields that errors of this module belong to."""


class MergedClient(Struct, frozen=True):
    """A client that was merged into another; `can_undo` while there is still time for that."""

    merge_id: int
    name: str
    merged_at: datetime
    can_undo: bool


class Card(Struct, frozen=True):
    """What is known of a client besides its flags; `people` deal with it, its owner not included."""

    client: Client
    aliases: tuple[ClientName, ...]
    contacts: tuple[str, ...]
    people: tuple[int, ...]
    merged: tuple[MergedClient, ...]


class CardChange(Struct, frozen=True):
    """A card as somebody wants it.

    Names are as typed. New aliases and contacts are added to those there are; `dropped_aliases` are normalized.
    """

    name: str
    new_aliases: tuple[str, ...]
    dropped_aliases: tuple[str, ...]
    new_contacts: tuple[str, ...]
    owner_id: int | None
    people: tuple[int, ...]
    language: str | None
    yearly_value: Decimal | None
    external_reference: str | None
    agreement: Agreement


class SavedCard(Struct, frozen=True):
    """A card that is saved; the client is now found by `names`."""

    client: Client
    names: tuple[IndexedName, ...]


def read_card(uow: UnitOfWork, client: Client, now: datetime) -> Card:
    """The card of a client; who may see it is the caller's to decide."""
    return Card(
        client=client,
        aliases=tuple(name for name in uow.clients.names_of(client.id) if name.is_alias),
        contacts=tuple(contact.name for contact in uow.clients.contacts(client.id)),
        people=tuple(person for person in uow.clients.people_of(client.id) if person != client.owner_id),
        merged=_merged(uow, client, now),
    )


def read_card_to_edit(uow: UnitOfWork, actor: Actor, client_id: int, now: datetime) -> Card:
    """The card of a client for somebody who may change it; raises `NotFoundError` for anybody else."""
    client = uow.clients.find(actor.workspace_id, client_id)
    if client is None or not may_edit_client(actor.person, involvement_in(uow, actor.person, client)):
        raise NotFoundError
    return read_card(uow, client, now)


def save_card(
    uow: UnitOfWork, actor: Actor, client_id: int, change: CardChange, key: str, content_hash: str, now: datetime
) -> SavedCard:
    """Give a client the card that somebody filled in; `key` and `content_hash` recognise what is delivered twice.

    A name that goes stays as an alias, so that the client is still found by it. Raises `NotFoundError` for somebody
    who may not, `ClientNameInvalidError` and `ClientNameTakenError` at the field that they belong to, and as
    `check_card`.
    """
    client = uow.clients.locked(actor.workspace_id, client_id)
    if client is None or not may_edit_client(actor.person, involvement_in(uow, actor.person, client)):
        raise NotFoundError
    if uow.inbox.accept(actor.workspace_id, key, content_hash, now):
        before = read_card(uow, client, now)
        client = _saved(uow, client, change, actor.settings.currency, now)
        changed = changed_parts(before, read_card(uow, client, now))
        if changed:
            note_card_change(uow, actor, client.id, changed, now)
            watch_for_return(uow, actor, client.id, now)
    return SavedCard(client, tuple(index_names(uow, client)))


def changed_parts(before: Card, after: Card) -> tuple[str, ...]:
    """Which of `CARD_PARTS` differ between two cards of a client."""

    def parts(card: Card) -> dict[str, object]:
        client = card.client
        return {
            "name": client.name,
            "aliases": {alias.normalized for alias in card.aliases},
            "contacts": set(card.contacts),
            "owner": client.owner_id,
            "people": set(card.people),
            "language": client.language,
            "yearly_value": client.yearly_value,
            "external_reference": client.external_reference,
            "agreement": client.agreement,
        }

    was, became = parts(before), parts(after)
    return tuple(part for part in CARD_PARTS if was[part] != became[part])


def _saved(uow: UnitOfWork, client: Client, change: CardChange, currency: str, now: datetime) -> Client:
    check_card(change.agreement, change.yearly_value, change.external_reference)
    _save_names(uow, client, change)
    for contact in change.new_contacts:
        _save_contact(uow, client, contact)
    uow.clients.set_people(client.id, [person for person in change.people if person != change.owner_id])
    uow.clients.change(
        client.id,
        owner_id=change.owner_id,
        language=change.language,
        yearly_value=change.yearly_value,
        yearly_currency=(client.yearly_currency or currency) if change.yearly_value is not None else None,
        external_reference=change.external_reference,
        agreement=change.agreement,
    )
    saved = uow.clients.find(client.workspace_id, client.id) or client
    if saved.name != client.name:
        redraw_messages(uow, saved, now)
    return saved


def index_names(uow: UnitOfWork, client: Client) -> list[IndexedName]:
    """The names by which the in-memory index finds a client."""
    return [IndexedName(client.id, name.name, client.name) for name in uow.clients.names_of(client.id)]


def _save_names(uow: UnitOfWork, client: Client, change: CardChange) -> None:
    name = _free_name(uow, client, change.name, NAME_FIELD)
    aliases = {with_legal_form(alias): _free_name(uow, client, alias, ALIASES_FIELD) for alias in change.new_aliases}
    for dropped in change.dropped_aliases:
        uow.clients.remove_alias(client.id, dropped)
    if name != client.name:
        uow.clients.rename(client.workspace_id, client.id, name, normalized(name))
        aliases.setdefault(with_legal_form(client.name), client.name)
    aliases.pop(with_legal_form(name), None)
    for alias in aliases.values():
        uow.clients.add_alias(client.workspace_id, client.id, alias, normalized(alias))


def _free_name(uow: UnitOfWork, client: Client, raw: str, field: str) -> str:
    """The name as it is stored, if it can be one and no other client has it."""
    name = _clean(raw, field)
    holder = uow.clients.by_name(client.workspace_id, name)
    if holder is not None and holder.id != client.id:
        raise ClientNameTakenError(field=field, name=name)
    return name


def _save_contact(uow: UnitOfWork, client: Client, raw: str) -> None:
    uow.clients.ensure_contact(client.id, _clean(raw, CONTACTS_FIELD))


def _clean(raw: str, field: str) -> str:
    try:
        return clean_name(raw)
    except ClientNameInvalidError as error:
        error.field = field
        raise


def _merged(uow: UnitOfWork, client: Client, now: datetime) -> tuple[MergedClient, ...]:
    names = uow.dossiers.merged_names(client.id)
    return tuple(
        MergedClient(merge.id, names[merge.from_client_id], merge.merged_at, now < merge.merged_at + UNDO_MERGE_FOR)
        for merge in uow.clients.merges_into(client.id)
        if merge.undone_at is None
    )
