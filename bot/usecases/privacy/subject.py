"""Whom a request is about, and who answers for what is done with it."""

from __future__ import annotations

from msgspec import Struct

from bot.domain.errors import ClientUnknownError, ContactUnknownError
from bot.domain.model import Client, Person
from bot.domain.names import normalized
from bot.domain.privacy import MentionOf
from bot.usecases.people.admins import admin_called
from bot.usecases.ports import UnitOfWork, Workspace


class Subject(Struct, frozen=True):
    """A client with the ids of all that were merged into it or let go under its names, or one contact there by name.

    `admin` is who has it done; `contact_name` is empty where it is about the client itself.
    """

    admin: Person
    client: Client
    client_ids: tuple[int, ...]
    contact_name: str = ""

    @property
    def mention(self) -> MentionOf:
        """Finds the contact in text; only for a contact."""
        return MentionOf(self.contact_name)


def find_subject(
    uow: UnitOfWork, workspace: Workspace, admin_external_id: str, client_name: str, contact_name: str = ""
) -> Subject:
    """The subject of those names, for an admin whom the platform knows by `admin_external_id`.

    Holds the client against other writers. A contact is found by any name that a flag gave, also where it is no longer
    listed. Raises `AdminNeededError`, `ClientUnknownError` or `ContactUnknownError`.
    """
    admin = admin_called(uow, workspace, admin_external_id)
    client, client_ids = _found(uow, workspace, client_name)
    if client is None:
        raise ClientUnknownError(name=client_name)
    if not contact_name:
        return Subject(admin, client, client_ids)
    wanted = normalized(contact_name)
    for known in uow.privacy.contact_names(client_ids):
        if normalized(known) == wanted:
            return Subject(admin, client, client_ids, known)
    raise ContactUnknownError(name=contact_name, client=client.name)


def _found(uow: UnitOfWork, workspace: Workspace, name: str) -> tuple[Client | None, tuple[int, ...]]:
    """The client of a name with all that was ever known under its names, also what was let go again."""
    named = uow.clients.by_name(workspace.id, name)
    client = uow.clients.locked(workspace.id, named.id) if named else None
    if client is None:
        let_go = uow.privacy.removed_called(workspace.id, {normalized(name)})
        return (uow.clients.find(workspace.id, let_go[0]), tuple(let_go)) if let_go else (None, ())
    names = {known.normalized for known in uow.clients.names_of(client.id)}
    let_go = uow.privacy.removed_called(workspace.id, names)
    return client, tuple(dict.fromkeys((*uow.privacy.family(client.id), *let_go)))
