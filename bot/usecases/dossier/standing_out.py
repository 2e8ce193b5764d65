"""The clients that stand out, without reading the flags of the others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bot.domain.dossier import TREND_DAYS, trend
from bot.domain.model import Client, Standing
from bot.domain.score import weightless_before
from bot.domain.thresholds import assess, standing_of
from bot.domain.timetable import local_today
from bot.usecases.actor import Actor
from bot.usecases.dossier.read_models import StandingOut, StandsOut
from bot.usecases.ports import UnitOfWork

MAX_LISTED = 20

UNREMARKABLE = (Standing.ACTIVE, Standing.DEBRIEFED)
"""Where nothing was reached, or nothing is left to do."""


def read_standing_out(uow: UnitOfWork, actor: Actor, now: datetime) -> StandingOut:
    """Clients with a standing of note, highest rank first, as far as `actor` may see their dossiers.

    `others` are those with a score alone; `own` are other clients that `actor` has flagged, latest first, with the
    standing alone.
    """
    on = local_today(now, actor.settings.zone)
    visible = list(_visible(uow, actor))
    listed = [_stands_out(uow, actor, client, on) for client in visible]
    shown = tuple(entry for entry in listed if entry.standing not in UNREMARKABLE)
    others = tuple(entry for entry in listed if entry.standing in UNREMARKABLE and entry.score)
    if actor.person.is_reviewer:
        return StandingOut(shown, (), others)
    seen = set(uow.dossiers.close_to(actor.workspace_id, actor.person.id, MAX_LISTED))
    flagged = uow.dossiers.flagged_by(actor.workspace_id, actor.person.id, MAX_LISTED)
    own = _found(uow, actor, [client_id for client_id in flagged if client_id not in seen])
    return StandingOut(shown, tuple(_standing_only(uow, actor, client, on) for client in own), others)


def read_clients_of(uow: UnitOfWork, actor: Actor, client_ids: Iterable[int], now: datetime) -> tuple[StandsOut, ...]:
    """How clients stand whose dossiers `actor` sees, in the order of `client_ids`; the caller has made sure of that."""
    on = local_today(now, actor.settings.zone)
    return tuple(_stands_out(uow, actor, client, on) for client in _found(uow, actor, client_ids))


def _visible(uow: UnitOfWork, actor: Actor) -> Iterable[Client]:
    if actor.person.is_reviewer:
        return uow.clients.standing_out(actor.workspace_id, MAX_LISTED)
    return _found(uow, actor, uow.dossiers.close_to(actor.workspace_id, actor.person.id, MAX_LISTED))


def _found(uow: UnitOfWork, actor: Actor, client_ids: Iterable[int]) -> list[Client]:
    found = (uow.clients.find(actor.workspace_id, client_id) for client_id in client_ids)
    return [client for client in found if client is not None]


def _stands_out(uow: UnitOfWork, actor: Actor, client: Client, on: date) -> StandsOut:
    policy = actor.settings.policy
    since = weightless_before(policy, on - timedelta(days=TREND_DAYS))
    flags = uow.flags.scored(client.id, since)
    assessment = assess([flag for flag in flags if flag.happened_on >= weightless_before(policy, on)], policy, on)
    return StandsOut(
        client.id,
        client.name,
        standing_of(client.stage, client.alerted, assessment, policy),
        score=round(assessment.score, 1),
        trend=trend(flags, policy, on),
    )


def _standing_only(uow: UnitOfWork, actor: Actor, client: Client, on: date) -> StandsOut:
    entry = _stands_out(uow, actor, client, on)
    return StandsOut(entry.client_id, entry.name, entry.standing)
