"""Moments on the clock on the wall: they stay where people expect them when a zone or its rules change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar, local_instant
from bot.usecases.debrief.planning import move
from bot.usecases.ports import UnitOfWork


def recompute_wall_times(
    uow: UnitOfWork, now: datetime, calendar_for: Callable[[WorkspaceSettings], WorkingCalendar]
) -> int:
    """Compute every due moment and planned debrief again from its wall time, in its workspace's present zone.

    To be called when the bot starts, as the rules of a zone can be newer then, and when a workspace chooses another
    zone. A debrief whose instant changes is announced anew, so that calendars follow. Returns how many changed.
    """
    workspaces = uow.people.workspaces()
    changed = uow.due.recompute(local_instant, {workspace.id: workspace.settings.zone for workspace in workspaces})
    for workspace in workspaces:
        settings = workspace.settings
        for planned in uow.debriefs.planned(workspace.id):
            if planned.starts_at > now:
                moved = move(uow, planned, planned.local_at, settings.zone, now, calendar_for(settings))
                changed += moved != planned
    return changed
