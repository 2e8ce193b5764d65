"""Who has a say in a remedy, who is asked about it, and where it shows."""

from __future__ import annotations

from datetime import datetime

from bot.domain.errors import NotFoundError
from bot.domain.model import Client
from bot.domain.notices import DiscussionOpening
from bot.domain.remedies import Remedy
from bot.domain.visibility import may_judge_remedy, may_see_dossier
from bot.usecases.actor import Actor
from bot.usecases.clients.lookup import involvement_in
from bot.usecases.ports import UnitOfWork


def client_to_try_with(uow: UnitOfWork, actor: Actor, client_id: int, *, for_update: bool) -> Client:
    """The client, for whoever sees the dossier or was asked into its open discussion.

    `for_update` keeps other writers out. Raises `NotFoundError` for everybody else.
    """
    client = (uow.clients.locked if for_update else uow.clients.find)(actor.workspace_id, client_id)
    if client is None:
        raise NotFoundError
    discussion = uow.discussions.open_for(client.id)
    is_asked_in = discussion is not None and actor.person.id in uow.discussions.people(discussion.id)
    if not is_asked_in and not may_see_dossier(actor.person, involvement_in(uow, actor.person, client)):
        raise NotFoundError
    return client


def remedy_to_judge(uow: UnitOfWork, actor: Actor, remedy_id: int, *, for_update: bool) -> tuple[Remedy, Client]:
    """A remedy and its client, for its owner, the client's owner and reviewers; raises `NotFoundError` for others."""
    known = uow.remedies.find(actor.workspace_id, remedy_id)
    if known is None:
        raise NotFoundError
    client = (uow.clients.locked if for_update else uow.clients.find)(actor.workspace_id, known.client_id)
    remedy = uow.remedies.find(actor.workspace_id, remedy_id)
    if client is None or remedy is None:
        raise NotFoundError
    if not may_judge_remedy(actor.person, involvement_in(uow, actor.person, client), remedy.owner_id):
        raise NotFoundError
    return remedy, client


def whom_to_ask(uow: UnitOfWork, remedy: Remedy, client: Client, *, is_last: bool) -> list[int]:
    """The remedy's owner, or else the client's, whoever is still here; otherwise, and at last, the reviewers."""
    concerned = [person for person in (remedy.owner_id, client.owner_id) if person is not None]
    present = uow.people.present(concerned)
    for person_id in concerned:
        if not is_last and person_id in present:
            return [person_id]
    return [reviewer.id for reviewer in uow.people.reviewers(remedy.workspace_id)]


def redraw_discussion(uow: UnitOfWork, client: Client, now: datetime) -> None:
    """Let the overview of an open discussion show what changed."""
    discussion = uow.discussions.open_for(client.id)
    if discussion is not None:
        uow.outbox.put_once(client.workspace_id, DiscussionOpening(discussion.id), now)
