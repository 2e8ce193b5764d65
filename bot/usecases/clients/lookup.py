"""From what a person typed to a client, showing nobody a client that they may not know of."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from bot.domain.errors import ClientAmbiguousError, ClientResemblesError, ClientUnknownError, NotFoundError
from bot.domain.model import Client, Person
from bot.domain.visibility import Involvement, may_see_dossier
from bot.usecases.actor import Actor
from bot.usecases.clients.client_index import ClientIndex, IndexedName
from bot.usecases.ports import UnitOfWork

MAX_NAME_WORDS = 12

MAX_CANDIDATES = 5
"""How many clients "did you mean" offers at most."""


class Lookup(Struct, frozen=True):
    """What a typed name came to: the client, or else those that resemble it, nearest first.

    Both are empty where nothing fits, or nothing that the person may know of.
    """

    client: Client | None
    candidates: tuple[Client, ...] = ()


def involvement_in(uow: UnitOfWork, person: Person, client: Client) -> Involvement:
    """How `person` stands to `client`: the facts that the visibility rules take."""
    is_owner = client.owner_id == person.id
    return Involvement(is_owner=is_owner, deals_with=person.id in uow.clients.people_of(client.id))


def may_know(uow: UnitOfWork, person: Person, client: Client) -> bool:
    """Whether `person` gets any answer about `client`: its dossier, or the short view of who has flagged it."""
    if may_see_dossier(person, involvement_in(uow, person, client)):
        return True
    return uow.dossiers.has_flagged(client.id, person.id)


def known_client(uow: UnitOfWork, actor: Actor, client_id: int) -> Client:
    """The client of an id, wherever it was merged to; raises `NotFoundError` for one `actor` may not know of."""
    client = uow.clients.find(actor.workspace_id, client_id)
    if client is None or not may_know(uow, actor.person, client):
        raise NotFoundError
    return client


def look_up(uow: UnitOfWork, index: ClientIndex, actor: Actor, text: str) -> Lookup:
    """The client called `text` by its name or an alias, or those that resemble it.

    A client that `actor` may not know of is passed over as if it were not there, so the answer never tells whether
    such a client exists.
    """
    exact = None
    if not index.is_several(actor.workspace_id, text):
        exact = uow.clients.by_name(actor.workspace_id, text)
    if exact is None:
        loosely = index.loosely(actor.workspace_id, text)
        exact = uow.clients.find(actor.workspace_id, loosely) if loosely is not None else None
    if exact is not None and may_know(uow, actor.person, exact):
        return Lookup(exact)
    candidates = []
    for client in _resembling(uow, index, actor, text):
        if may_know(uow, actor.person, client):
            candidates.append(client)
        if len(candidates) == MAX_CANDIDATES:
            break
    return Lookup(None, tuple(candidates))


def find_client(uow: UnitOfWork, index: ClientIndex, actor: Actor, text: str) -> Client:
    """The client that `text` names for `actor`: exactly, whatever its letter case, punctuation or legal form.

    Raises `ClientAmbiguousError` naming the clients that resemble it, as far as `actor` may know of them, and
    `ClientUnknownError` where there are none: a client that `actor` may not know of reads as unknown.
    """
    found = look_up(uow, index, actor, text)
    if found.client is not None:
        return found.client
    names = [client.name for client in found.candidates]
    if len(names) == 1:
        raise ClientResemblesError(name=text.strip(), candidates=names)
    if names:
        raise ClientAmbiguousError(name=text.strip(), candidates=names)
    raise ClientUnknownError(name=text.strip())


def named_at_the_start(uow: UnitOfWork, actor: Actor, text: str) -> tuple[Client, str] | None:
    """The client with whose name or alias `text` begins, and what stands behind it; `None` where there is none.

    A client that `actor` may not know of is none, so the answer never tells whether such a client exists.
    """
    words = text.split()
    for count in range(min(len(words) - 1, MAX_NAME_WORDS), 0, -1):
        client = uow.clients.by_name(actor.workspace_id, " ".join(words[:count]))
        if client is not None and may_know(uow, actor.person, client):
            return client, " ".join(words[count:])
    return None


def refresh_index(uow: UnitOfWork, index: ClientIndex, workspace_id: int) -> None:
    """Bring `index` to the names as stored, whoever stored them: another process may have."""
    stored = uow.clients.names(workspace_id)
    shown = {name.client_id: name.name for name in stored if not name.is_alias}
    index.replace(
        workspace_id,
        [IndexedName(name.client_id, name.name, shown.get(name.client_id, name.name)) for name in stored],
    )


def _resembling(uow: UnitOfWork, index: ClientIndex, actor: Actor, text: str) -> Iterator[Client]:
    """Clients whose names resemble `text`, each once, as the database has them now."""
    seen: set[int] = set()
    for match in index.resembling(actor.workspace_id, text):
        client = uow.clients.find(actor.workspace_id, match.client_id)
        if client is not None and client.id not in seen:
            seen.add(client.id)
            yield client
