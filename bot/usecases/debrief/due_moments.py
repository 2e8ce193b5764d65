"""The moments of a debrief: each is a due row whose subject is the debrief's id, set anew whenever it is moved."""

from __future__ import annotations

from datetime import datetime

from bot.domain.debrief_rules import agenda_at, asked_again_at, begun_on, closes_at
from bot.domain.model import Debrief
from bot.domain.timetable import DAY_BEFORE, QUARTER_HOUR, WorkingCalendar, debrief_reminders, local_instant
from bot.usecases.ports import UnitOfWork

AGENDA = "debrief_agenda"
"""The agenda goes out, and the invited are asked for their answers."""

BEGINS = "debrief_begins"
"""The debrief begins: what was answered can be read from now on."""

ASKS_AGAIN = "debrief_asks_again"
"""Those who have not answered are asked once more."""

CLOSES = "debrief_closes"
"""A debrief that nobody has closed closes by itself."""

REMINDS = {f"debrief_{moment}": moment for moment in (DAY_BEFORE, QUARTER_HOUR)}
"""The invited are reminded, and which reminder it is."""


def set_moments(uow: UnitOfWork, debrief: Debrief, now: datetime, calendar: WorkingCalendar) -> None:
    """Set all that comes up to the beginning of a planned debrief; what follows is set when it has begun.

    Reminders whose moment has passed already are left out, as they would only repeat the announcement; the agenda goes
    out at once instead.
    """
    drop_moments(uow, debrief)
    _put(uow, debrief, AGENDA, agenda_at(debrief.local_at, calendar), no_sooner=now)
    for reminder in debrief_reminders(debrief.local_at, debrief.zone, now, calendar):
        _put(uow, debrief, f"debrief_{reminder.moment}", reminder.local_at, at=reminder.due_at)
    _put(uow, debrief, BEGINS, debrief.local_at)


def set_moments_after(uow: UnitOfWork, debrief: Debrief, now: datetime, calendar: WorkingCalendar) -> None:
    """Set what follows once a debrief has begun; a bot that was away then counts from when it is back."""
    day = begun_on(debrief, now)
    _put(uow, debrief, ASKS_AGAIN, asked_again_at(day, calendar))
    _put(uow, debrief, CLOSES, closes_at(day, calendar))


def drop_moments(uow: UnitOfWork, debrief: Debrief) -> None:
    """Drop what was still to come of a debrief."""
    for kind in (AGENDA, *REMINDS, BEGINS, ASKS_AGAIN, CLOSES):
        uow.due.drop(debrief.workspace_id, kind, str(debrief.id))


def _put(
    uow: UnitOfWork,
    debrief: Debrief,
    kind: str,
    local_at: datetime,
    *,
    at: datetime | None = None,
    no_sooner: datetime | None = None,
) -> None:
    instant = at or local_instant(local_at, debrief.zone)
    if no_sooner is not None and instant < no_sooner:
        # It follows from no time on the wall any more.
        uow.due.put(debrief.workspace_id, kind, str(debrief.id), no_sooner)
        return
    uow.due.put(debrief.workspace_id, kind, str(debrief.id), instant, local_at=local_at, zone=debrief.zone)
