"""Planning a debrief, moving it, putting it off and cancelling it; every change is announced."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.audit import AuditAction
from bot.domain.errors import (
    DebriefInPastError,
    DebriefInQuietHoursError,
    DebriefMissingError,
    DebriefOnDayOffError,
    DebriefOverError,
    DebriefTooFarError,
    NotFoundError,
)
from bot.domain.model import Client, Debrief, DebriefState
from bot.domain.notices import DebriefAnnouncement, DebriefCalendar
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import (
    WorkingCalendar,
    add_working_days,
    debrief_slot,
    is_quiet_hour,
    local_instant,
    local_today,
)
from bot.domain.visibility import may_see_dossier
from bot.usecases.actor import Actor
from bot.usecases.audit import note
from bot.usecases.clients.lookup import involvement_in
from bot.usecases.debrief.due_moments import drop_moments, set_moments
from bot.usecases.debrief.people import invite, own_debrief, refuse_unless_host
from bot.usecases.ports import UnitOfWork

SNOOZE = timedelta(days=7)

MAX_YEARS = 5
"""How far ahead a debrief can be planned by hand."""


def plan_after(
    uow: UnitOfWork, actor: Actor, client: Client, left_on: date, now: datetime, calendar: WorkingCalendar
) -> Debrief:
    """Plan the debrief of a client, whose row the caller holds, in its usual slot; a planned one keeps its own."""
    planned = uow.debriefs.planned_for(client.id)
    return planned or _plan(uow, actor, client, _slot(left_on, actor.settings, now, calendar), now, calendar)


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
        raise NotFoundError
    invite(uow, planned, client, actor.settings, now)
    announce(uow, planned, planned.sequence, now)
    set_moments(uow, planned, now, calendar)
    _note(uow, AuditAction.DEBRIEF_PLANNED, planned, now, actor)
    return planned


def _note(uow: UnitOfWork, action: AuditAction, debrief: Debrief, now: datetime, actor: Actor | None) -> None:
    note(
        uow,
        debrief.workspace_id,
        action,
        now,
        actor_id=actor.person.id if actor else None,
        client_id=debrief.client_id,
        subject=f"debrief:{debrief.id}",
        on=debrief.local_at.date().isoformat(),
    )


def announce(uow: UnitOfWork, debrief: Debrief, sequence: int, now: datetime) -> None:
    """Let the announcement and everybody's calendar show the debrief as it stands at `sequence`."""
    uow.outbox.put_once(debrief.workspace_id, DebriefAnnouncement(debrief.id), now)
    uow.outbox.put(debrief.workspace_id, DebriefCalendar(debrief.id, sequence), now)


def plan_or_move_debrief(
    uow: UnitOfWork,
    actor: Actor,
    client_id: int,
    local_at: datetime | None,
    now: datetime,
    calendar: WorkingCalendar,
    *,
    only_usual: bool = False,
) -> Debrief:
    """Plan a client's debrief by hand, or move the planned one to `local_at` (wall time of the workspace).

    Without `local_at` a new one gets the usual slot, and so does a planned one whose moment has passed; another one
    stays. Open to whoever may see the dossier; raises `NotFoundError`, `DebriefInPastError` or `DebriefTooFarError`,
    and with `only_usual` a `DebriefUnusualError` for a moment that somebody should be asked about.
    """
    client = uow.clients.locked(actor.workspace_id, client_id)
    if client is None or not may_see_dossier(actor.person, involvement_in(uow, actor.person, client)):
        raise NotFoundError
    if local_at is not None:
        _refuse_unlikely(local_at, actor, now)
        if only_usual:
            _refuse_unusual(local_at, actor, client.id, calendar)
    planned = uow.debriefs.planned_for(client.id)
    if planned is None:
        if local_at is None:
            return plan_after(
                uow, actor, client, client.left_on or local_today(now, actor.settings.zone), now, calendar
            )
        return _plan(uow, actor, client, local_at, now, calendar)
    if local_at is None and planned.starts_at <= now:
        local_at = _slot(local_today(now, actor.settings.zone), actor.settings, now, calendar)
    return planned if local_at is None else move(uow, planned, local_at, actor.settings.zone, now, calendar, actor)


def _refuse_unlikely(local_at: datetime, actor: Actor, now: datetime) -> None:
    ahead = local_at.date() - local_today(now, actor.settings.zone)
    if ahead > timedelta(days=round(365.25 * MAX_YEARS)):
        raise DebriefTooFarError(years=MAX_YEARS)
    if local_instant(local_at, actor.settings.zone) <= now:
        raise DebriefInPastError


def _refuse_unusual(local_at: datetime, actor: Actor, client_id: int, calendar: WorkingCalendar) -> None:
    """People rarely mean to meet on a day off, or at night; the hour that the workspace chose is none of these."""
    settings, day, clock = actor.settings, local_at.date(), local_at.time()
    if not calendar.is_working_day(day):
        raise DebriefOnDayOffError(client_id=client_id, local_at=local_at, day=day)
    if clock != settings.policy.debrief_at and is_quiet_hour(clock, settings):
        raise DebriefInQuietHoursError(
            client_id=client_id, local_at=local_at, time=clock, begin=settings.quiet_from, end=settings.quiet_until
        )


def to_workspace(local_at: datetime, actor: Actor) -> datetime:
    """Wall time of the workspace at a naive moment on the actor's own clock."""
    if actor.zone == actor.settings.zone:
        return local_at
    return local_instant(local_at, actor.zone).astimezone(ZoneInfo(actor.settings.zone)).replace(tzinfo=None, fold=0)


def move(
    uow: UnitOfWork,
    debrief: Debrief,
    local_at: datetime,
    zone: str,
    now: datetime,
    calendar: WorkingCalendar,
    actor: Actor | None = None,
) -> Debrief:
    """Set a planned debrief, whose client the caller holds, to another wall time or zone; the same changes nothing.

    `actor` is who moved it, `None` where the clocks did.
    """
    starts_at = local_instant(local_at, zone)
    if (local_at, zone, starts_at) == (debrief.local_at, debrief.zone, debrief.starts_at):
        return debrief
    sequence = uow.debriefs.move(debrief.id, local_at=local_at, zone=zone, starts_at=starts_at)
    moved = uow.debriefs.find(debrief.workspace_id, debrief.id)
    if moved is None:
        raise NotFoundError
    announce(uow, moved, sequence, now)
    set_moments(uow, moved, now, calendar)
    _note(uow, AuditAction.DEBRIEF_MOVED, moved, now, actor)
    return moved


def planned_debrief(uow: UnitOfWork, actor: Actor, debrief_id: int) -> Debrief:
    """A planned debrief that the actor is invited to or may see the dossier of.

    Raises `NotFoundError`, `DebriefMissingError` when it was cancelled, or `DebriefOverError` when it is closed.
    """
    debrief, _ = own_debrief(uow, actor, debrief_id)
    _refuse_unless_planned(debrief)
    return debrief


def _locked_planned(uow: UnitOfWork, actor: Actor, debrief_id: int) -> Debrief:
    debrief, _ = own_debrief(uow, actor, debrief_id, for_update=True)
    _refuse_unless_planned(debrief)
    return debrief


def _refuse_unless_planned(debrief: Debrief) -> None:
    if debrief.state is DebriefState.TOOK_PLACE:
        raise DebriefOverError
    if debrief.state is not DebriefState.PLANNED:
        raise DebriefMissingError


def move_debrief(
    uow: UnitOfWork,
    actor: Actor,
    debrief_id: int,
    local_at: datetime,
    now: datetime,
    calendar: WorkingCalendar,
    *,
    only_usual: bool = False,
) -> Debrief:
    """Move a planned debrief to `local_at`, a moment on the actor's own clock.

    Raises `DebriefInPastError` or `DebriefTooFarError` too, and with `only_usual` a `DebriefUnusualError`.
    """
    debrief = _locked_planned(uow, actor, debrief_id)
    local_at = to_workspace(local_at, actor)
    _refuse_unlikely(local_at, actor, now)
    if only_usual:
        _refuse_unusual(local_at, actor, debrief.client_id, calendar)
    return move(uow, debrief, local_at, actor.settings.zone, now, calendar, actor)


def begin_debrief(uow: UnitOfWork, actor: Actor, debrief_id: int, now: datetime, calendar: WorkingCalendar) -> Debrief:
    """The team talks already: a debrief that is still to come begins now. One that has begun stays as it is.

    For its host and reviewers; raises `NotFoundError`, `DebriefMissingError` or `HostNeededError`.
    """
    debrief = _locked_planned(uow, actor, debrief_id)
    _, client = own_debrief(uow, actor, debrief_id)
    refuse_unless_host(uow, actor, debrief, client)
    if debrief.starts_at <= now:
        return debrief
    zone = actor.settings.zone
    local_at = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0, second=0, microsecond=0)
    return move(uow, debrief, local_at, zone, now, calendar, actor)


def snooze_debrief(
    uow: UnitOfWork, actor: Actor, debrief_id: int, expected_sequence: int, now: datetime, calendar: WorkingCalendar
) -> Debrief:
    """Put a debrief off for a week, to a working day at the same time.

    `expected_sequence` is the one the button was made for: a second click finds it moved and changes nothing.
    """
    debrief = _locked_planned(uow, actor, debrief_id)
    if debrief.sequence != expected_sequence:
        return debrief
    start = max(debrief.local_at.date(), local_today(now, actor.settings.zone))
    day = add_working_days(start + SNOOZE, 0, calendar)
    at = datetime.combine(day, debrief.local_at.time())
    return move(uow, debrief, at, actor.settings.zone, now, calendar, actor)


def cancel_debrief(uow: UnitOfWork, actor: Actor, debrief_id: int, now: datetime) -> Debrief:
    """Cancel a debrief; its calendar entry is taken back as well. A cancelled one stays as it is.

    Raises `NotFoundError`, or `DebriefOverError` for one that is closed.
    """
    debrief, _ = own_debrief(uow, actor, debrief_id, for_update=True)
    if debrief.state is DebriefState.TOOK_PLACE:
        raise DebriefOverError
    if debrief.state is DebriefState.PLANNED:
        cancel(uow, debrief, now, actor)
    return debrief


def cancel(uow: UnitOfWork, debrief: Debrief, now: datetime, actor: Actor) -> None:
    """Cancel a planned debrief, whose client the caller holds."""
    sequence = uow.debriefs.set_state(debrief.id, DebriefState.CANCELLED)
    drop_moments(uow, debrief)
    announce(uow, debrief, sequence, now)
    _note(uow, AuditAction.DEBRIEF_CANCELLED, debrief, now, actor)


def calendar_anew(uow: UnitOfWork, workspace_id: int, debrief_id: int) -> DebriefCalendar | None:
    """The notice that shares the calendar file of a planned debrief once more."""
    debrief = uow.debriefs.find(workspace_id, debrief_id)
    if debrief is None or debrief.state is not DebriefState.PLANNED:
        return None
    return DebriefCalendar(debrief_id, debrief.sequence)
