"""Dossiers by what somebody typed: a client's name, or nothing for the clients that stand out."""

from __future__ import annotations

from datetime import datetime

from bot.domain.errors import ClientUnknownError
from bot.usecases.actor import Actor
from bot.usecases.clients.client_index import ClientIndex
from bot.usecases.clients.lookup import look_up
from bot.usecases.dossier.dossier import read_dossier
from bot.usecases.dossier.read_models import DidYouMean, Dossier, OwnFlags, StandingOut
from bot.usecases.dossier.standing_out import read_standing_out
from bot.usecases.ports import UnitOfWork


def find_dossier(
    uow: UnitOfWork, index: ClientIndex, actor: Actor, name: str, now: datetime
) -> Dossier | OwnFlags | StandingOut | DidYouMean:
    """The dossier of the client called `name`, or the clients that it may mean; those that stand out without one.

    Raises `ClientUnknownError` where nothing fits, or nothing that `actor` may know of.
    """
    if not name:
        return read_standing_out(uow, actor, now)
    found = look_up(uow, index, actor, name)
    if found.client is not None:
        return read_dossier(uow, actor, found.client.id, now)
    if not found.candidates:
        raise ClientUnknownError(name=name)
    return DidYouMean(name, found.candidates)
