"""Who a debrief is with: whom it invites, who hosts it, and who may see and change it."""

from __future__ import annotations

from datetime import datetime

from bot.domain.errors import HostNeededError, NotFoundError
from bot.domain.model import Client, Debrief
from bot.domain.policy import WorkspaceSettings
from bot.domain.score import weightless_before
from bot.domain.timetable import local_today
from bot.domain.visibility import may_see_dossier
from bot.usecases.actor import Actor
from bot.usecases.clients.lookup import involvement_in
from bot.usecases.ports import UnitOfWork


def invite(uow: UnitOfWork, debrief: Debrief, client: Client, settings: WorkspaceSettings, now: datetime) -> None:
    """Invite the owner, those who deal with the client, who flagged or witnessed, and the reviewers.

    Whoever is invited stays so: done again, it brings in those who have come since.
    """
    since = weightless_before(settings.policy, local_today(now, settings.zone))
    people = {*uow.clients.people_of(client.id), *uow.flags.people_behind(client.id, since)}
    people.update(reviewer.id for reviewer in uow.people.reviewers(client.workspace_id))
    if client.owner_id is not None:
        people.add(client.owner_id)
    uow.debriefs.invite(debrief.id, sorted(uow.people.present(people)))


def host_of(uow: UnitOfWork, debrief: Debrief, client: Client) -> int | None:
    """Who leads a debrief and closes it: the client's owner, else whoever planned it, else the first reviewer.

    It is worked out anew each time, so that one who leaves is followed by the next; `None` where nobody is left.
    """
    concerned = [person for person in (client.owner_id, debrief.planned_by_id) if person is not None]
    present = uow.people.present(concerned)
    reviewers = [reviewer.id for reviewer in uow.people.reviewers(debrief.workspace_id)]
    return next(iter([*(person for person in concerned if person in present), *sorted(reviewers)]), None)


def own_debrief(uow: UnitOfWork, actor: Actor, debrief_id: int, *, for_update: bool = False) -> tuple[Debrief, Client]:
    """A debrief and its client, for who is invited or sees the dossier; `for_update` keeps other writers out first.

    Raises `NotFoundError`.
    """
    known = uow.debriefs.find(actor.workspace_id, debrief_id)
    if known is None:
        raise NotFoundError
    read = uow.clients.locked if for_update else uow.clients.find
    client = read(actor.workspace_id, known.client_id)
    debrief = uow.debriefs.find(actor.workspace_id, debrief_id)
    if client is None or debrief is None:
        raise NotFoundError
    is_invited = actor.person.id in uow.debriefs.people(debrief.id)
    if not is_invited and not may_see_dossier(actor.person, involvement_in(uow, actor.person, client)):
        raise NotFoundError
    return debrief, client


def may_host(uow: UnitOfWork, actor: Actor, debrief: Debrief, client: Client) -> bool:
    """Whether somebody may begin and close a debrief: its host and the reviewers."""
    return actor.person.is_reviewer or actor.person.id == host_of(uow, debrief, client)


def refuse_unless_host(uow: UnitOfWork, actor: Actor, debrief: Debrief, client: Client) -> None:
    """Raise `HostNeededError` for anybody else."""
    if not may_host(uow, actor, debrief, client):
        raise HostNeededError
