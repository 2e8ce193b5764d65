"""Which former clients a client may be, and what the team knows of how one could come back."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from bot.domain.decision import Decision
from bot.domain.model import Client, Person
from bot.domain.returning import KnownAs, ReturnTerms, all_names, people_of
from bot.domain.visibility import may_see_dossier
from bot.usecases.clients.lookup import involvement_in
from bot.usecases.clients.name_block import Block, IndexedName, search_form, telling_words
from bot.usecases.clients.name_search import resembling
from bot.usecases.look_backs.planning import parting_decision
from bot.usecases.ports import UnitOfWork

MAX_FORMER = 5
"""How many former clients one client is held against in words, nearest names first."""


class FormerClient(Struct, frozen=True):
    """A client that has left, how that was decided, and how it could come back; `None` is what nobody wrote down.

    What the team has learned of the client joins here.
    """

    client: Client
    decision: Decision | None
    terms: ReturnTerms | None


def read_former(uow: UnitOfWork, client: Client) -> FormerClient:
    """What is known of a client that has left; who may see it is the caller's to decide."""
    return FormerClient(client, parting_decision(uow, client.id), newest_terms(uow, client.id))


def newest_terms(uow: UnitOfWork, client_id: int) -> ReturnTerms | None:
    """On what terms a client could come back, as it was written down last."""
    return next(iter(uow.returning.terms(client_id)), None)


def visible_former(uow: UnitOfWork, person: Person, client: Client) -> list[Client]:
    """The former clients that `client` is or resembles, those left out whose dossier `person` may not see."""
    known, former = uow.returning.known_as(client.id), uow.returning.former(client.workspace_id)
    found = (uow.clients.find(client.workspace_id, key) for key in alike(known, former))
    return [one for one in found if one and may_see_dossier(person, involvement_in(uow, person, one))]


def alike(known: KnownAs, former: Sequence[KnownAs]) -> list[int]:
    """The ids of the former clients that a client is or resembles, by name, alias, domain or contact, best first.

    Names are compared as they are when somebody types a new one; another legal form makes no other client here,
    since who begins again often changes that.
    """
    ids = [one.client_id for one in former if one.client_id == known.client_id]
    entries = [IndexedName(one.client_id, name, name) for one in former for name in all_names(one)]
    findable = [(form, entry) for entry in entries if (form := search_form(entry.name))]
    if findable:
        block = Block.of(findable)
        for name in all_names(known):
            words = telling_words(name)
            same_words = [entry for entry in entries if words and telling_words(entry.name) == words]
            if form := search_form(name):
                ids += [match.client_id for match in resembling([block], form, MAX_FORMER, None, same_words)]
    people = {search_form(name) for name in people_of(known)}
    ids += [one.client_id for one in former if not people.isdisjoint(map(search_form, people_of(one)))]
    return list(dict.fromkeys(ids))[:MAX_FORMER]
