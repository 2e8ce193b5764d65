"""What a debrief does by itself: it sends its agenda, reminds, asks for answers, begins, and closes in the end."""

from __future__ import annotations

from datetime import datetime, time

from bot.domain.debrief_rules import to_nudge
from bot.domain.model import Debrief, DebriefState
from bot.domain.notices import DebriefAgenda, DebriefAnnouncement, DebriefBegins, DebriefNudge, DebriefReminder
from bot.domain.timetable import (
    DAY_BEFORE,
    QUARTER_HOUR,
    WorkingCalendar,
    debrief_reminders,
    local_instant,
    local_today,
)
from bot.usecases.debrief.closing import close
from bot.usecases.debrief.due_moments import REMINDS, set_moments_after
from bot.usecases.debrief.people import host_of, invite
from bot.usecases.evaluation.working_hours import in_their_hours
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.outbox import DueItem


def send_agenda(uow: UnitOfWork, item: DueItem, workspace: Workspace, now: datetime, calendar: WorkingCalendar) -> None:
    """The agenda goes out, and those invited are asked for their answers; not once the debrief has begun."""
    debrief = _planned(uow, item)
    if debrief is None or debrief.starts_at <= now:
        return
    uow.outbox.put_once(item.workspace_id, DebriefAgenda(debrief.id), now)
    _nudge(uow, debrief, workspace, now, calendar)


def remind(uow: UnitOfWork, item: DueItem, workspace: Workspace, now: datetime, calendar: WorkingCalendar) -> None:
    """A reminder's moment: everybody invited who is still here hears it privately.

    One that comes late is left out once the next one is due as well, and when the debrief has begun.
    """
    debrief = _planned(uow, item)
    if debrief is None or debrief.starts_at <= now:
        return
    moment = REMINDS[item.kind]
    to_come = [reminder.moment for reminder in debrief_reminders(debrief.local_at, debrief.zone, now, calendar)]
    if moment == DAY_BEFORE and QUARTER_HOUR not in to_come:
        return
    invited = {one.person_id for one in uow.debriefs.invited(debrief.id) if one.away_at is None}
    for person_id in sorted(uow.people.present(invited)):
        uow.outbox.put(item.workspace_id, DebriefReminder(debrief.id, person_id, moment), now)


def begin(uow: UnitOfWork, item: DueItem, workspace: Workspace, now: datetime, calendar: WorkingCalendar) -> None:
    """A debrief begins: its announcement says what can be read and done now, and its host hears how to close it."""
    debrief = _planned(uow, item)
    if debrief is None or debrief.starts_at > now:
        return
    uow.outbox.put_once(item.workspace_id, DebriefAnnouncement(debrief.id), now)
    client = uow.clients.find(item.workspace_id, debrief.client_id)
    host_id = host_of(uow, debrief, client) if client else None
    if host_id is not None:
        uow.outbox.put_once(item.workspace_id, DebriefBegins(debrief.id, host_id), now)
    set_moments_after(uow, debrief, now, calendar)


def ask_again(uow: UnitOfWork, item: DueItem, workspace: Workspace, now: datetime, calendar: WorkingCalendar) -> None:
    """Those who have not answered are asked once more."""
    debrief = _planned(uow, item)
    if debrief is not None:
        _nudge(uow, debrief, workspace, now, calendar)


def close_by_itself(
    uow: UnitOfWork, item: DueItem, workspace: Workspace, now: datetime, calendar: WorkingCalendar
) -> None:
    """Nobody has closed a debrief for two weeks: it closes with what there is."""
    debrief = _planned(uow, item)
    client = uow.clients.locked(item.workspace_id, debrief.client_id) if debrief else None
    if debrief is not None and client is not None and debrief.starts_at <= now:
        close(uow, debrief, client, None, now)


def _planned(uow: UnitOfWork, item: DueItem) -> Debrief | None:
    debrief = uow.debriefs.find(item.workspace_id, int(item.subject))
    return debrief if debrief is not None and debrief.state is DebriefState.PLANNED else None


def _nudge(uow: UnitOfWork, debrief: Debrief, workspace: Workspace, now: datetime, calendar: WorkingCalendar) -> None:
    """Ask for answers, newcomers too, each in the morning where they are."""
    settings = workspace.settings
    client = uow.clients.locked(debrief.workspace_id, debrief.client_id)
    if client is None:
        return
    invite(uow, debrief, client, settings, now)
    invited = uow.debriefs.invited(debrief.id)
    present = uow.people.present([one.person_id for one in invited])
    counts = {one.person_id: one.nudges for one in invited}
    for person_id in to_nudge(invited, present, uow.debriefs.answers(debrief.id)):
        person = uow.people.person(person_id)
        if person is None:
            continue
        midnight = datetime.combine(local_today(now, settings.zone), time(0))
        begins = local_instant(midnight, person.zone or settings.zone)
        uow.debriefs.nudged(debrief.id, person_id)
        uow.outbox.put_once(
            debrief.workspace_id,
            DebriefNudge(debrief.id, person_id, counts[person_id] + 1),
            now,
            due_at=in_their_hours(max(now, begins), person, settings, calendar),
        )
