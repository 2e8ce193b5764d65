"""What checklists ask of somebody: what is due."""

from __future__ import annotations

from datetime import datetime

from bot.domain.timetable import local_today
from bot.usecases.actor import Actor
from bot.usecases.checklist.reading import read_own_items
from bot.usecases.ports import UnitOfWork
from bot.usecases.waiting import Waiting, WaitingKind


def checklist_waits(uow: UnitOfWork, actor: Actor, now: datetime) -> list[Waiting]:
    """For each case, the first item that `actor` can do and that is due."""
    own, today = read_own_items(uow, actor, now), local_today(now, actor.settings.zone)
    due = [view.item for view in own.items if not view.first and view.item.due_on <= today]
    first = {item.decision_id: item for item in reversed(due)}
    return [
        Waiting(WaitingKind.CHECKLIST, item.decision_id, own.clients[item.client_id], item.due_on)
        for item in first.values()
    ]
