"""Reminding of lessons until they are put into practice, or dropped with a reason."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.audit import AuditAction
from bot.domain.errors import LessonSettledError
from bot.domain.evaluation_rules import at_field
from bot.domain.lessons import Lesson, LessonState, checked_day, checked_reason
from bot.domain.model import Client
from bot.domain.notices import DebriefSummary, LessonReminder
from bot.domain.timetable import WorkingCalendar, local_today
from bot.usecases.actor import Actor
from bot.usecases.audit import note
from bot.usecases.lessons.moments import remind_again, remind_no_more, remind_on_its_day
from bot.usecases.lessons.people import own_lesson, whom_to_ask
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.outbox import DueItem


def remind_of_lesson(
    uow: UnitOfWork, item: DueItem, workspace: Workspace, now: datetime, calendar: WorkingCalendar
) -> None:
    """The day of a lesson, or two weeks after the last reminder: whoever owns it is reminded."""
    lesson = uow.lessons.find(item.workspace_id, int(item.subject))
    client = uow.clients.find(item.workspace_id, lesson.client_id) if lesson else None
    if lesson is None or client is None or lesson.state is not LessonState.OPEN:
        return
    for person_id in whom_to_ask(uow, lesson, client):
        uow.outbox.put_once(item.workspace_id, LessonReminder(lesson.id, person_id), now)
    remind_again(uow, workspace.settings, lesson, now, calendar)


def read_open_lesson(uow: UnitOfWork, actor: Actor, lesson_id: int) -> Lesson:
    """An open lesson, for whoever may settle it; raises `NotFoundError` or `LessonSettledError`."""
    lesson, _ = own_lesson(uow, actor, lesson_id)
    if lesson.state is not LessonState.OPEN:
        raise LessonSettledError
    return lesson


def finish_lesson(uow: UnitOfWork, actor: Actor, lesson_id: int, now: datetime) -> Lesson:
    """The change is made; twice changes nothing. Raises `NotFoundError`, or `LessonSettledError` for a dropped one."""
    lesson, client = own_lesson(uow, actor, lesson_id, for_update=True)
    if lesson.state is LessonState.DONE:
        return lesson
    return _settle(uow, actor, lesson, client, LessonState.DONE, "", now)


def drop_lesson(uow: UnitOfWork, actor: Actor, lesson_id: int, because: str, now: datetime) -> Lesson:
    """The change is not made, and why; raises `NotFoundError`, `LessonSettledError`, or what is wrong with the reason
    with the field `because`.
    """
    lesson, client = own_lesson(uow, actor, lesson_id, for_update=True)
    with at_field("because"):
        reason = checked_reason(because)
    return _settle(uow, actor, lesson, client, LessonState.DROPPED, reason, now)


def _settle(
    uow: UnitOfWork, actor: Actor, lesson: Lesson, client: Client, state: LessonState, because: str, now: datetime
) -> Lesson:
    if not uow.lessons.settle(lesson.id, state, because, actor.person.id, now):
        raise LessonSettledError
    remind_no_more(uow, lesson)
    action = AuditAction.LESSON_DONE if state is LessonState.DONE else AuditAction.LESSON_DROPPED
    return _changed(uow, actor, lesson, client, action, now)


def put_off_lesson(
    uow: UnitOfWork, actor: Actor, lesson_id: int, due_on: date, now: datetime, calendar: WorkingCalendar
) -> Lesson:
    """The change takes until another day; raises `NotFoundError`, `LessonSettledError`, or `LessonDateError` with the
    field `due`.
    """
    lesson, client = own_lesson(uow, actor, lesson_id, for_update=True)
    with at_field("due"):
        day = checked_day(due_on, local_today(now, actor.settings.zone))
    if not uow.lessons.put_off(lesson.id, day):
        raise LessonSettledError
    moved = _changed(uow, actor, lesson, client, AuditAction.LESSON_MOVED, now)
    remind_on_its_day(uow, actor.settings, moved, calendar)
    return moved


def _changed(
    uow: UnitOfWork, actor: Actor, lesson: Lesson, client: Client, action: AuditAction, now: datetime
) -> Lesson:
    note(
        uow,
        actor.workspace_id,
        action,
        now,
        actor_id=actor.person.id,
        client_id=client.id,
        subject=f"lesson:{lesson.id}",
    )
    uow.outbox.put_once(actor.workspace_id, DebriefSummary(lesson.debrief_id), now)
    return uow.lessons.find(actor.workspace_id, lesson.id) or lesson
