"""Debriefs as people are shown them."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from bot.domain.debrief_rules import answered, has_begun
from bot.domain.model import Client, Debrief
from bot.usecases.actor import Actor
from bot.usecases.debrief.calendar_file import LENGTH
from bot.usecases.debrief.people import host_of
from bot.usecases.ports import UnitOfWork


class UpcomingDebrief(Struct, frozen=True):
    """A line in the list of planned debriefs."""

    client_name: str
    debrief: Debrief


def upcoming_debriefs(uow: UnitOfWork, actor: Actor, now: datetime) -> list[UpcomingDebrief]:
    """The planned debriefs still to come or under way that the actor is invited to, soonest first."""
    upcoming = []
    for debrief in uow.debriefs.planned_with(actor.workspace_id, actor.person.id):
        client = uow.clients.find(actor.workspace_id, debrief.client_id)
        if client is not None and debrief.starts_at + LENGTH > now:
            upcoming.append(UpcomingDebrief(client.name, debrief))
    return upcoming


def open_debriefs(uow: UnitOfWork, actor: Actor, now: datetime) -> list[UpcomingDebrief]:
    """The debriefs that are over and not closed yet that the actor is invited to, oldest first."""
    found = []
    for debrief in uow.debriefs.planned_with(actor.workspace_id, actor.person.id):
        client = uow.clients.find(actor.workspace_id, debrief.client_id)
        if client is not None and debrief.starts_at + LENGTH <= now:
            found.append(UpcomingDebrief(client.name, debrief))
    return found


class DebriefView(Struct, frozen=True):
    """Everything a debrief's announcement shows.

    `people` are those invited who are still here and may be named: the client's owner, those who deal with it, and the
    reviewers. `has_others` says that more are invited, who reported or saw something: wherever this is read, it never
    tells who they are. `code` is the case code of the last discussion, if there was one,
    and `discussion_place_id` its place, where that can still be posted in as far as we know. `zones` are the zones of
    `people`. Of `invited` who are still here `answered` have given an answer; from `has_begun` on it can be read.
    `host_id` is who closes it.
    """

    debrief: Debrief
    client_name: str
    left_on: date | None
    people: tuple[int, ...]
    code: str | None
    discussion_place_id: int | None
    has_others: bool = False
    zones: tuple[str, ...] = ()
    has_begun: bool = False
    host_id: int | None = None
    invited: int = 0
    answered: int = 0


def read_debrief(uow: UnitOfWork, workspace_id: int, debrief_id: int, now: datetime) -> DebriefView | None:
    """A debrief as its announcement and reminders show it at `now`; `None` when it or its client is gone."""
    debrief = uow.debriefs.find(workspace_id, debrief_id)
    client = uow.clients.find(workspace_id, debrief.client_id) if debrief else None
    if debrief is None or client is None:
        return None
    discussion = uow.discussions.latest_for(client.id)
    place = uow.people.place(discussion.place_id) if discussion and discussion.place_id else None
    invited = uow.people.present(uow.debriefs.people(debrief.id))
    named = set(invited) & _known_to_deal_with(uow, client)
    return DebriefView(
        debrief=debrief,
        client_name=client.name,
        left_on=client.left_on,
        people=tuple(sorted(named)),
        has_others=len(named) < len(invited),
        zones=_zones_of(uow, named),
        code=discussion.code if discussion else None,
        discussion_place_id=place.id if place and place.state == "open" else None,
        has_begun=has_begun(debrief, now),
        host_id=host_of(uow, debrief, client),
        invited=len(invited),
        answered=len(answered(uow.debriefs.answers(debrief.id))),
    )


def _zones_of(uow: UnitOfWork, people: set[int]) -> tuple[str, ...]:
    zones = {person.zone for one in people if (person := uow.people.person(one)) is not None}
    return tuple(sorted(zones - {""}))


def _known_to_deal_with(uow: UnitOfWork, client: Client) -> set[int]:
    """Those whose part in a case is no secret: whatever they reported, they would be invited."""
    people = {reviewer.id for reviewer in uow.people.reviewers(client.workspace_id)}
    people.update(uow.clients.people_of(client.id))
    if client.owner_id is not None:
        people.add(client.owner_id)
    return people
