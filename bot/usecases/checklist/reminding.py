"""Reminders of what is due: one message a day, three times to whoever sees to it, then to others."""

from __future__ import annotations

from datetime import datetime

from bot.domain.checklist import MAX_REMINDERS, Item, ItemState, blocking
from bot.domain.decision import DecisionState
from bot.domain.model import Client
from bot.domain.notices import ChecklistReminder
from bot.domain.timetable import WorkingCalendar, add_working_days, local_today
from bot.usecases.checklist.moments import remind_on
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.outbox import DueItem

TO_CLIENT_OWNER = MAX_REMINDERS + 1
TO_REVIEWERS = MAX_REMINDERS + 2


def remind_of_item(
    uow: UnitOfWork, due: DueItem, workspace: Workspace, now: datetime, calendar: WorkingCalendar
) -> None:
    """An item is due and not done: somebody is reminded, and again on the next working day.

    What has to wait for something else is not reminded of meanwhile.
    """
    item = uow.checklists.find(workspace.id, int(due.subject))
    decision = uow.decisions.find(workspace.id, item.decision_id) if item else None
    client = uow.clients.find(workspace.id, item.client_id) if item else None
    if item is None or decision is None or client is None or decision.state is not DecisionState.TAKEN:
        return
    if item.state is ItemState.DONE or item.reminders > TO_REVIEWERS:
        return
    today = local_today(now, workspace.settings.zone)
    if not blocking(item, uow.checklists.of_decision(decision.id)):
        count = item.reminders + 1
        for person_id in whom_to_remind(uow, item, client, count):
            uow.outbox.put_once(workspace.id, ChecklistReminder(person_id, 1), now)
        uow.checklists.change(item.id, reminders=count)
    remind_on(uow, workspace.settings, item, add_working_days(today, 1, calendar), now, calendar)


def whom_to_remind(uow: UnitOfWork, item: Item, client: Client, count: int) -> list[int]:
    """Who hears reminder number `count`: its owner, then the client's, then the other reviewers; nobody after that.

    Where the client has no owner but the item's, or that one has left, the reviewers come in their place, once.
    """
    if count <= MAX_REMINDERS:
        return _present(uow, [item.owner_id])
    known = {item.owner_id, client.owner_id}
    owner = [client.owner_id] if client.owner_id not in (None, item.owner_id) else []
    reviewers = [one.id for one in uow.people.reviewers(item.workspace_id) if one.id not in known]
    in_turn = [asked for asked in (_present(uow, owner), _present(uow, reviewers)) if asked]
    turn = count - TO_CLIENT_OWNER
    return in_turn[turn] if turn < len(in_turn) else []


def _present(uow: UnitOfWork, people: list[int]) -> list[int]:
    present = uow.people.present(people)
    return [one for one in people if one in present]
