"""Debriefs: a client leaves, the look back is planned, announced, moved, cancelled and reminded of."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.errors import (
    ClientLeftAlreadyError,
    DebriefInPastError,
    DebriefMissingError,
    HappenedInFutureError,
    NotFoundError,
)
from bot.domain.model import Client, Debrief, DebriefState, Road
from bot.domain.notices import DebriefAnnouncement, DebriefCalendar, DebriefReminder, DiscussionOpening
from bot.domain.policy import WorkspaceSettings
from bot.domain.score import weightless_before
from bot.domain.timetable import (
    WorkingCalendar,
    add_working_days,
    debrief_slot,
    local_instant,
    local_today,
    working_day_before,
)
from bot.domain.visibility import may_mark_left, may_see_dossier
from bot.usecases.actor import Actor
from bot.usecases.alerts import close_alert
from bot.usecases.clients import involvement_in
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.delivery import DueItem

DAY_BEFORE = "debrief_day_before"
QUARTER_HOUR = "debrief_quarter_hour"
MOMENTS = {DAY_BEFORE: "day_before", QUARTER_HOUR: "quarter_hour"}
"""Due rows that remind of a debrief, and the moment each stands for; their subject is the debrief's id."""

SNOOZE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ClientLeft:
    """What marking a client as having left came to."""

    client: Client
    left_on: date
    debrief: Debrief


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
    client = uow.clients.locked(actor.workspace_id, client_id)
    if client is None or not may_mark_left(actor.person, involvement_in(uow, actor.person, client)):
        raise NotFoundError
    if client.left_on is not None:
        raise ClientLeftAlreadyError(client=client.name, date=client.left_on)
    today = local_today(now, actor.settings.zone)
    day = left_on or today
    if day > today:
        raise HappenedInFutureError
    _end_open_matters(uow, client, now)
    uow.clients.change(client.id, road=Road.PARTED, left_on=day)
    debrief = uow.debriefs.planned_for(client.id) or _plan(
        uow, actor, client, _slot(day, actor.settings, now, calendar), now, calendar
    )
    return ClientLeft(client, day, debrief)


def take_back_left(uow: UnitOfWork, actor: Actor, client_id: int, now: datetime) -> Client:
    """Somebody marked the wrong client: it is a client again, and the planned debrief is cancelled."""
    client = uow.clients.locked(actor.workspace_id, client_id)
    if client is None or not may_mark_left(actor.person, involvement_in(uow, actor.person, client)):
        raise NotFoundError
    if client.left_on is None:
        return client
    uow.clients.change(client.id, road=Road.ACTIVE, left_on=None)
    debrief = uow.debriefs.planned_for(client.id)
    if debrief is not None:
        _cancel(uow, debrief, now)
    return client


def _end_open_matters(uow: UnitOfWork, client: Client, now: datetime) -> None:
    """Nothing is left to alert about or to decide once a client is gone."""
    for alert in uow.alerts.open_for(client.id):
        close_alert(uow, alert, now)
    discussion = uow.discussions.open_for(client.id)
    if discussion is not None:
        uow.discussions.close(discussion.id, now)
        uow.outbox.put_once(client.workspace_id, DiscussionOpening(discussion.id), now)


def _slot(left_on: date, settings: WorkspaceSettings, now: datetime, calendar: WorkingCalendar) -> datetime:
    """The planned wall time; a client that left long ago is looked back on the next working day."""
    local = debrief_slot(left_on, settings, calendar)
    if local_instant(local, settings.zone) > now:
        return local
    tomorrow = add_working_days(local_today(now, settings.zone), 1, calendar)
    return datetime.combine(tomorrow, settings.policy.debrief_at)


def _plan(
    uow: UnitOfWork, actor: Actor, client: Client, local_at: datetime, now: datetime, calendar: WorkingCalendar
) -> Debrief:
    zone = actor.settings.zone
    planned = uow.debriefs.plan(
        client.workspace_id,
        client.id,
        local_at=local_at,
        zone=zone,
        starts_at=local_instant(local_at, zone),
        uid=f"{uuid.uuid4()}@flagclient",
        planned_by_id=actor.person.id,
        now=now,
    )
    if planned is None:
        existing = uow.debriefs.planned_for(client.id)
        if existing is None:
            raise NotFoundError
        return existing
    uow.debriefs.invite(planned.id, _invited(uow, client, actor.settings, now))
    _announce(uow, planned, planned.sequence, now)
    _remind_later(uow, planned, now, calendar)
    return planned


def _invited(uow: UnitOfWork, client: Client, settings: WorkspaceSettings, now: datetime) -> list[int]:
    """The owner, those who deal with the client, who flagged or witnessed, and the reviewers."""
    since = weightless_before(settings.policy, local_today(now, settings.zone))
    people = {*uow.clients.people_of(client.id), *uow.flags.people_behind(client.id, since)}
    people.update(reviewer.id for reviewer in uow.people.reviewers(client.workspace_id))
    if client.owner_id is not None:
        people.add(client.owner_id)
    return sorted(uow.people.present(people))


def _announce(uow: UnitOfWork, debrief: Debrief, sequence: int, now: datetime) -> None:
    uow.outbox.put_once(debrief.workspace_id, DebriefAnnouncement(debrief.id), now)
    uow.outbox.put(debrief.workspace_id, DebriefCalendar(debrief.id, sequence), now)


def _remind_later(uow: UnitOfWork, debrief: Debrief, now: datetime, calendar: WorkingCalendar) -> None:
    """Reminders whose moment has passed already are left out: they would only repeat the announcement."""
    before = working_day_before(debrief.local_at.date(), calendar)
    moments = {
        DAY_BEFORE: datetime.combine(before, debrief.local_at.time()),
        QUARTER_HOUR: debrief.local_at - timedelta(minutes=15),
    }
    for kind, local_at in moments.items():
        due_at = local_instant(local_at, debrief.zone)
        if due_at > now:
            uow.due.put(debrief.workspace_id, kind, str(debrief.id), due_at, local_at=local_at, zone=debrief.zone)
        else:
            uow.due.drop(debrief.workspace_id, kind, str(debrief.id))


def plan_or_move_debrief(
    uow: UnitOfWork, actor: Actor, client_id: int, local_at: datetime | None, now: datetime, calendar: WorkingCalendar
) -> Debrief:
    """Plan a client's debrief by hand, or move the planned one to `local_at` (wall time of the workspace).

    Without `local_at` a new one gets the usual slot, and a planned one stays. Open to whoever may see the dossier;
    raises `NotFoundError` or `DebriefInPastError`.
    """
    client = uow.clients.locked(actor.workspace_id, client_id)
    if client is None or not may_see_dossier(actor.person, involvement_in(uow, actor.person, client)):
        raise NotFoundError
    if local_at is not None and local_instant(local_at, actor.settings.zone) <= now:
        raise DebriefInPastError(field=None)
    planned = uow.debriefs.planned_for(client.id)
    if planned is None:
        start = client.left_on or local_today(now, actor.settings.zone)
        return _plan(uow, actor, client, local_at or _slot(start, actor.settings, now, calendar), now, calendar)
    if local_at is None or local_at == planned.local_at:
        return planned
    return _move(uow, actor, planned, local_at, now, calendar)


def _move(
    uow: UnitOfWork, actor: Actor, debrief: Debrief, local_at: datetime, now: datetime, calendar: WorkingCalendar
) -> Debrief:
    zone = actor.settings.zone
    sequence = uow.debriefs.move(debrief.id, local_at=local_at, zone=zone, starts_at=local_instant(local_at, zone))
    moved = uow.debriefs.find(debrief.workspace_id, debrief.id)
    if moved is None:
        raise NotFoundError
    _announce(uow, moved, sequence, now)
    _remind_later(uow, moved, now, calendar)
    return moved


def planned_debrief(uow: UnitOfWork, actor: Actor, debrief_id: int) -> Debrief:
    """A planned debrief that the actor is invited to or may see the dossier of.

    Raises `NotFoundError`, or `DebriefMissingError` when it was cancelled or held.
    """
    debrief = uow.debriefs.find(actor.workspace_id, debrief_id)
    client = uow.clients.find(actor.workspace_id, debrief.client_id) if debrief else None
    if debrief is None or client is None:
        raise NotFoundError
    if actor.person.id not in uow.debriefs.people(debrief.id) and not may_see_dossier(
        actor.person, involvement_in(uow, actor.person, client)
    ):
        raise NotFoundError
    if debrief.state is not DebriefState.PLANNED:
        raise DebriefMissingError
    return debrief


def move_debrief(
    uow: UnitOfWork, actor: Actor, debrief_id: int, local_at: datetime, now: datetime, calendar: WorkingCalendar
) -> Debrief:
    """Move a planned debrief to `local_at` (wall time of the workspace); raises `DebriefInPastError` too."""
    debrief = planned_debrief(uow, actor, debrief_id)
    if local_instant(local_at, actor.settings.zone) <= now:
        raise DebriefInPastError
    if local_at == debrief.local_at:
        return debrief
    return _move(uow, actor, debrief, local_at, now, calendar)


def snooze_debrief(
    uow: UnitOfWork, actor: Actor, debrief_id: int, expected_sequence: int, now: datetime, calendar: WorkingCalendar
) -> Debrief:
    """Put a debrief off for a week, to a working day at the same time.

    `expected_sequence` is the one the button was made for: a second click finds it moved and changes nothing.
    """
    debrief = planned_debrief(uow, actor, debrief_id)
    if debrief.sequence != expected_sequence:
        return debrief
    start = max(debrief.local_at.date(), local_today(now, actor.settings.zone))
    day = add_working_days(start + SNOOZE, 0, calendar)
    return _move(uow, actor, debrief, datetime.combine(day, debrief.local_at.time()), now, calendar)


def cancel_debrief(uow: UnitOfWork, actor: Actor, debrief_id: int, now: datetime) -> Debrief:
    """Cancel a planned debrief; its calendar entry is taken back as well."""
    debrief = planned_debrief(uow, actor, debrief_id)
    _cancel(uow, debrief, now)
    return debrief


def _cancel(uow: UnitOfWork, debrief: Debrief, now: datetime) -> None:
    sequence = uow.debriefs.set_state(debrief.id, DebriefState.CANCELLED)
    for kind in MOMENTS:
        uow.due.drop(debrief.workspace_id, kind, str(debrief.id))
    _announce(uow, debrief, sequence, now)


def remind(uow: UnitOfWork, item: DueItem, workspace: Workspace, now: datetime, calendar: WorkingCalendar) -> None:
    """A reminder's moment: everybody invited who is still here hears it privately, unless the debrief has begun."""
    debrief = uow.debriefs.find(item.workspace_id, int(item.subject))
    if debrief is None or debrief.state is not DebriefState.PLANNED or debrief.starts_at <= now:
        return
    for person_id in sorted(uow.people.present(uow.debriefs.people(debrief.id))):
        uow.outbox.put(item.workspace_id, DebriefReminder(debrief.id, person_id, MOMENTS[item.kind]), now)


DUE: Mapping[str, Callable[[UnitOfWork, DueItem, Workspace, datetime, WorkingCalendar], None]] = {
    DAY_BEFORE: remind,
    QUARTER_HOUR: remind,
}
"""What this capability does when a moment comes."""


@dataclass(frozen=True, slots=True)
class UpcomingDebrief:
    """A line in the list of planned debriefs."""

    client_name: str
    debrief: Debrief


def upcoming_debriefs(uow: UnitOfWork, actor: Actor) -> list[UpcomingDebrief]:
    """The planned debriefs that the actor is invited to, soonest first."""
    upcoming = []
    for debrief in uow.debriefs.planned_with(actor.workspace_id, actor.person.id):
        client = uow.clients.find(actor.workspace_id, debrief.client_id)
        if client is not None:
            upcoming.append(UpcomingDebrief(client.name, debrief))
    return upcoming


@dataclass(frozen=True, slots=True)
class DebriefView:
    """Everything a debrief's announcement shows. `code` is the case code of the last discussion, if there was one."""

    debrief: Debrief
    client_name: str
    left_on: date | None
    people: tuple[int, ...]
    code: str | None
    discussion_place_id: int | None


def read_debrief(uow: UnitOfWork, workspace_id: int, debrief_id: int) -> DebriefView | None:
    """A debrief as its announcement and reminders show it; `None` when it or its client is gone."""
    debrief = uow.debriefs.find(workspace_id, debrief_id)
    client = uow.clients.find(workspace_id, debrief.client_id) if debrief else None
    if debrief is None or client is None:
        return None
    discussion = uow.discussions.latest_for(client.id)
    place = uow.people.place(discussion.place_id) if discussion and discussion.place_id else None
    return DebriefView(
        debrief=debrief,
        client_name=client.name,
        left_on=client.left_on,
        people=tuple(uow.debriefs.people(debrief.id)),
        code=discussion.code if discussion else None,
        discussion_place_id=place.id if place and place.state == "open" else None,
    )
