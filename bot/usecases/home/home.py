"""What a person's Home shows: what waits for them, their clients, their flags, and the debriefs to come."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from bot.domain.model import FlagState, Standing
from bot.usecases.actor import Actor
from bot.usecases.capabilities import ALL_STORIES
from bot.usecases.debrief.debrief_view import UpcomingDebrief, upcoming_debriefs
from bot.usecases.dossier.read_models import StandsOut
from bot.usecases.dossier.standing_out import read_clients_of, read_standing_out
from bot.usecases.ports import UnitOfWork
from bot.usecases.waiting import Waiting

MAX_WAITING = 20
MAX_CLIENTS = 5_000
"""How many clients one person can leaf through."""

CLIENTS_A_PAGE = 10
MAX_STANDING_OUT = 5
CALLING_FOR_ATTENTION = frozenset({Standing.WATCH, Standing.IN_REVIEW, Standing.REMEDY, Standing.PARTING})
MAX_OWN_FLAGS = 5


class OwnFlag(Struct, frozen=True):
    """The latest flag of somebody's own on one client."""

    flag_id: int
    client_name: str
    category: str
    happened_on: date


class Home(Struct, frozen=True):
    """One person's Home, for nobody else.

    `waiting` comes with what is due first in front, and `more_waiting` counts what is not listed. `clients` are page
    `page` (from 0) of the `client_count` clients that they own or deal with. `standing_out` are other clients that
    stand out, for those who may see their dossiers.
    """

    waiting: tuple[Waiting, ...]
    more_waiting: int
    clients: tuple[StandsOut, ...]
    client_count: int
    page: int
    standing_out: tuple[StandsOut, ...]
    own_flags: tuple[OwnFlag, ...]
    debriefs: tuple[UpcomingDebrief, ...]


def read_home(uow: UnitOfWork, actor: Actor, now: datetime, page: int = 0) -> Home:
    """The Home of `actor`; a page beyond the last one is the last one."""
    waiting = what_waits(uow, actor, now)
    ids = uow.dossiers.close_to(actor.workspace_id, actor.person.id, MAX_CLIENTS)
    page = min(page, max(0, (len(ids) - 1) // CLIENTS_A_PAGE))
    shown = ids[page * CLIENTS_A_PAGE : (page + 1) * CLIENTS_A_PAGE]
    return Home(
        waiting=tuple(waiting[:MAX_WAITING]),
        more_waiting=max(0, len(waiting) - MAX_WAITING),
        clients=read_clients_of(uow, actor, shown, now),
        client_count=len(ids),
        page=page,
        standing_out=_standing_out(uow, actor, set(ids), now),
        own_flags=_own_flags(uow, actor),
        debriefs=tuple(upcoming_debriefs(uow, actor, now)),
    )


def what_waits(uow: UnitOfWork, actor: Actor, now: datetime) -> list[Waiting]:
    """Everything that `actor` is asked for and has not done, what is due first in front."""
    found = [one for stories in ALL_STORIES if stories.waits is not None for one in stories.waits(uow, actor, now)]
    return sorted(found, key=lambda one: (one.by or date.max, one.kind, one.id))


def _standing_out(uow: UnitOfWork, actor: Actor, own: set[int], now: datetime) -> tuple[StandsOut, ...]:
    if not actor.person.is_reviewer:
        return ()
    listed = read_standing_out(uow, actor, now).clients
    found = [client for client in listed if client.client_id not in own and client.standing in CALLING_FOR_ATTENTION]
    return tuple(found[:MAX_STANDING_OUT])


def _own_flags(uow: UnitOfWork, actor: Actor) -> tuple[OwnFlag, ...]:
    found = []
    for client_id in uow.dossiers.flagged_by(actor.workspace_id, actor.person.id, MAX_OWN_FLAGS):
        client = uow.clients.find(actor.workspace_id, client_id)
        for flag_id in uow.dossiers.own_flags(client_id, actor.person.id, before=None, limit=1):
            flag = uow.flags.find(actor.workspace_id, flag_id)
            if client is not None and flag is not None and flag.state is FlagState.OPEN:
                found.append(OwnFlag(flag.id, client.name, flag.content.category, flag.content.happened_on))
    return tuple(found)
