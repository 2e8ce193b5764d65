"""Taking over a list of clients that a team keeps elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from bot.domain.audit import AuditAction
from bot.domain.client_list import OWNER, ListedClient
from bot.domain.errors import ClientNameTakenError, FlagclientError
from bot.domain.model import Client
from bot.domain.names import clean_name, normalized
from bot.usecases.audit import note
from bot.usecases.clients.living import redraw_messages
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.settings import PersonIds, bump_settings_version, person_called


class Imported(Struct, frozen=True):
    """How many clients were new, had something added or changed, and were as listed already."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


class ListRefusedError(Exception):
    """Lines of the list cannot be taken over, each for its reason; nothing of the list may be stored."""

    def __init__(self, problems: list[tuple[int, FlagclientError]]) -> None:
        super().__init__(len(problems))
        self.problems = problems


def import_clients(
    uow: UnitOfWork, workspace_id: int, listed: Iterable[ListedClient], now: datetime, ids: PersonIds
) -> Imported:
    """Bring a workspace's clients to what a list says; doing it again changes nothing.

    A client is found by its name or an alias, and keeps its name. What the list says of it is taken over, what it
    leaves empty stays. Owners are the platform's user ids. Raises `ListRefusedError`, naming every line that is wrong.
    """
    workspace = uow.people.workspace(workspace_id)
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    problems: list[tuple[int, FlagclientError]] = []
    for one in listed:
        try:
            counts[_import(uow, workspace, one, now, ids)] += 1
        except FlagclientError as error:
            problems.append((one.line, error))
    if problems:
        raise ListRefusedError(problems)
    bump_settings_version(uow, workspace)
    return Imported(**counts)


def _import(uow: UnitOfWork, workspace: Workspace, one: ListedClient, now: datetime, ids: PersonIds) -> str:
    name = clean_name(one.name)
    client = uow.clients.by_name(workspace.id, name)
    is_new = client is None
    if client is None:
        client = uow.clients.add(workspace.id, name, normalized(name), now)
    # Every part is taken over, whether or not one before it brought anything.
    changes = [_aliases(uow, client, one), _contacts(uow, client, one), _facts(uow, workspace, client, one, now, ids)]
    if is_new:
        return "added"
    if not any(changes):
        return "unchanged"
    note(uow, workspace.id, AuditAction.CARD_IMPORTED, now, client_id=client.id, subject=f"client:{client.id}")
    return "changed"


def _aliases(uow: UnitOfWork, client: Client, one: ListedClient) -> bool:
    has_more = False
    for alias in map(clean_name, one.aliases):
        holder = uow.clients.by_name(client.workspace_id, alias)
        if holder is not None and holder.id != client.id:
            raise ClientNameTakenError(name=alias)
        if holder is None:
            uow.clients.add_alias(client.workspace_id, client.id, alias, normalized(alias))
            has_more = True
    return has_more


def _contacts(uow: UnitOfWork, client: Client, one: ListedClient) -> bool:
    if not one.contacts:
        return False
    before = len(uow.clients.contacts(client.id))
    for contact in map(clean_name, one.contacts):
        uow.clients.ensure_contact(client.id, contact)
    return len(uow.clients.contacts(client.id)) > before


def _facts(
    uow: UnitOfWork, workspace: Workspace, client: Client, one: ListedClient, now: datetime, ids: PersonIds
) -> bool:
    owner_id = person_called(uow, workspace, one.owner, OWNER, ids).id if one.owner else client.owner_id
    reference = one.reference or client.external_reference
    if (owner_id, reference) == (client.owner_id, client.external_reference):
        return False
    uow.clients.change(client.id, owner_id=owner_id, external_reference=reference)
    if owner_id != client.owner_id:
        redraw_messages(uow, client, now)
    return True
