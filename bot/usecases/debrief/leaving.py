"""A client has left, or somebody only thought so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.errors import ClientLeftAlreadyError, HappenedInFutureError, NotFoundError
from bot.domain.model import Client, Debrief, Level, Road
from bot.domain.notices import AlertCard, DiscussionOpening
from bot.domain.timetable import WorkingCalendar, local_today
from bot.domain.visibility import may_mark_left
from bot.usecases.actor import Actor
from bot.usecases.alerts import close_alert
from bot.usecases.clients import involvement_in
from bot.usecases.debrief.planning import cancel, plan_after
from bot.usecases.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class ClientLeft:
    """What marking a client as having left came to; `discussion_id` is the discussion that ended by it."""

    client: Client
    left_on: date
    debrief: Debrief
    discussion_id: int | None = None


def mark_left(
    uow: UnitOfWork,
    actor: Actor,
    client_id: int,
    now: datetime,
    calendar: WorkingCalendar,
    *,
    left_on: date | None = None,
) -> ClientLeft:
    """Mark a client as having left, today unless `left_on` says otherwise, and plan the debrief.

    Open to reviewers, the owner and those who deal with the client. Raises `NotFoundError`,
    `ClientLeftAlreadyError`, or `HappenedInFutureError` for a day that is still to come.
    """
    client = _held(uow, actor, client_id)
    if client.left_on is not None:
        raise ClientLeftAlreadyError(client=client.name, date=client.left_on)
    today = local_today(now, actor.settings.zone)
    day = left_on or today
    if day > today:
        raise HappenedInFutureError
    discussion_id = _end_open_matters(uow, client, now)
    uow.clients.change(client.id, road=Road.PARTED, left_on=day)
    debrief = plan_after(uow, actor, client, day, now, calendar)
    return ClientLeft(client, day, debrief, discussion_id)


def _held(uow: UnitOfWork, actor: Actor, client_id: int) -> Client:
    client = uow.clients.locked(actor.workspace_id, client_id)
    if client is None or not may_mark_left(actor.person, involvement_in(uow, actor.person, client)):
        raise NotFoundError
    return client


def _end_open_matters(uow: UnitOfWork, client: Client, now: datetime) -> int | None:
    """Nothing is left to alert about or to decide once a client is gone; returns the discussion that ended."""
    for alert in uow.alerts.open_for(client.id):
        close_alert(uow, alert, now)
    discussion = uow.discussions.open_for(client.id)
    if discussion is None:
        return None
    uow.discussions.close(discussion.id, now)
    uow.outbox.put_once(client.workspace_id, DiscussionOpening(discussion.id), now)
    return discussion.id


def take_back_left(
    uow: UnitOfWork, actor: Actor, client_id: int, now: datetime, *, discussion_id: int | None = None
) -> Client:
    """Somebody marked the wrong client: it is a client again, and the planned debrief is cancelled.

    The discussion that ended by it goes on where `discussion_id` names it; without one the client's levels are armed
    again, since what had alerted was closed. Doing it twice changes nothing. Raises `NotFoundError`.
    """
    client = _held(uow, actor, client_id)
    if client.left_on is None:
        return client
    is_discussed = _goes_on(uow, client, discussion_id, now) or uow.discussions.open_for(client.id) is not None
    uow.clients.change(
        client.id,
        road=Road.IN_REVIEW if is_discussed else Road.ACTIVE,
        left_on=None,
        alerted=client.alerted if is_discussed else Level.NONE,
    )
    debrief = uow.debriefs.planned_for(client.id)
    if debrief is not None:
        cancel(uow, debrief, now)
    return client


def _goes_on(uow: UnitOfWork, client: Client, discussion_id: int | None, now: datetime) -> bool:
    latest = uow.discussions.latest_for(client.id)
    if latest is None or latest.id != discussion_id or not uow.discussions.reopen(latest.id):
        return False
    uow.outbox.put_once(client.workspace_id, DiscussionOpening(latest.id), now)
    if latest.alert_id is not None:
        uow.outbox.put_once(client.workspace_id, AlertCard(latest.alert_id), now)
    return True
