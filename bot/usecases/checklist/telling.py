"""What is told about checklists: to the discussion how one stands, and to one person what is due."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from bot.domain.checklist import MAX_REMINDERS, Item, blocking
from bot.domain.delivery_outcome import Reason
from bot.domain.model import DiscussionStyle
from bot.domain.notices import ChecklistReminder, DiscussionChecklist, DiscussionOpening
from bot.domain.timetable import WorkingCalendar, local_today
from bot.usecases.checklist.reminding import whom_to_remind
from bot.usecases.evaluation.working_hours import in_their_hours
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.telling import Over, Stuck, Tell, ToPerson, ToPlace, ToTell, Wait
from bot.usecases.reach import everyone_in, reader_by_id


class Progress(Struct, frozen=True):
    """How a list stands; `today` is the workspace's."""

    decision_id: int
    client_name: str
    items: tuple[Item, ...]
    today: date


class DueItems(Struct, frozen=True):
    """What somebody is told of, without a client's name; `step` as in `ChecklistReminder`.

    `of_others` is what somebody else does not get round to.
    """

    items: tuple[Item, ...]
    of_others: tuple[Item, ...]
    step: int
    today: date


def tell_checklist(
    uow: UnitOfWork, workspace: Workspace, notice: DiscussionChecklist, now: datetime, calendar: WorkingCalendar
) -> ToTell[Progress]:
    """Where the discussion is held, as one message that is kept up to date."""
    decision = uow.decisions.find(workspace.id, notice.decision_id)
    discussion = uow.discussions.find(workspace.id, notice.discussion_id)
    opening = uow.messages.find(workspace.id, DiscussionOpening(notice.discussion_id).lane)
    client = uow.clients.find(workspace.id, decision.client_id) if decision else None
    items = tuple(uow.checklists.of_decision(notice.decision_id))
    if client is None or discussion is None or opening is None or not items:
        return Over()
    progress = Progress(notice.decision_id, client.name, items, local_today(now, workspace.settings.zone))
    subject = f"checklist:{notice.decision_id}"
    if discussion.style is DiscussionStyle.THREAD:
        thread = opening.thread_external_id or opening.external_id
        return Tell(progress, ToPlace(opening.place_id, subject, thread), everyone_in(workspace))
    if discussion.place_id is None:
        return Stuck(Reason.PLACE_GONE)
    return Tell(progress, ToPlace(discussion.place_id, subject), everyone_in(workspace))


def tell_reminder(
    uow: UnitOfWork, workspace: Workspace, notice: ChecklistReminder, now: datetime, calendar: WorkingCalendar
) -> ToTell[DueItems]:
    """All that is due for one person, in their working hours; nothing where it was done meanwhile."""
    today = local_today(now, workspace.settings.zone)
    items = _items(uow, notice, today)
    of_others = _of_others(uow, workspace, notice) if notice.step else []
    if not items and not of_others:
        return Over()
    person = uow.people.person(notice.person_id)
    if person is None or not uow.people.present([person.id]):
        return Over()
    at = in_their_hours(now, person, workspace.settings, calendar)
    if at > now:
        return Wait(at)
    due = DueItems(tuple(items), tuple(of_others), notice.step, today)
    return Tell(due, ToPerson(notice.person_id), reader_by_id(uow, workspace, notice.person_id))


def _items(uow: UnitOfWork, notice: ChecklistReminder, today: date) -> list[Item]:
    if notice.step == 0:
        return uow.checklists.open_of(notice.person_id)
    due = [item for item in uow.checklists.open_of(notice.person_id) if item.due_on <= today]
    return [item for item in due if not blocking(item, uow.checklists.of_decision(item.decision_id))]


def _of_others(uow: UnitOfWork, workspace: Workspace, notice: ChecklistReminder) -> list[Item]:
    found = []
    for item in uow.checklists.neglected(workspace.id, MAX_REMINDERS):
        client = uow.clients.find(workspace.id, item.client_id)
        if client is not None and notice.person_id in whom_to_remind(uow, item, client, item.reminders):
            found.append(item)
    return found
