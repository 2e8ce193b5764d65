"""What is told about lessons: private words to whoever owns one, that name no client."""

from __future__ import annotations

from datetime import datetime

from bot.domain.lessons import LessonState
from bot.domain.notices import LessonOwned, LessonReminder, LessonReview
from bot.domain.timetable import WorkingCalendar, local_today
from bot.usecases.evaluation.working_hours import in_their_hours
from bot.usecases.lessons.people import whom_to_ask
from bot.usecases.lessons.reviewing import LessonView, read_lesson
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.telling import Over, Tell, ToPerson, ToTell, Wait
from bot.usecases.reach import reader_by_id


def tell_owned(
    uow: UnitOfWork, workspace: Workspace, notice: LessonOwned, now: datetime, calendar: WorkingCalendar
) -> ToTell[LessonView]:
    """A lesson is somebody's, unless it went to somebody else or was settled in the meantime."""
    view = read_lesson(uow, workspace.id, notice.lesson_id)
    if view is None or view.lesson.state is not LessonState.OPEN or view.lesson.owner_id != notice.person_id:
        return Over()
    return Tell(view, ToPerson(notice.person_id), reader_by_id(uow, workspace, notice.person_id))


def tell_reminder(
    uow: UnitOfWork, workspace: Workspace, notice: LessonReminder, now: datetime, calendar: WorkingCalendar
) -> ToTell[LessonView]:
    """A lesson waits to be put into practice; said in the working hours of whoever hears it."""
    view = read_lesson(uow, workspace.id, notice.lesson_id)
    if view is None or view.lesson.state is not LessonState.OPEN or not _is_asked(uow, view, notice.person_id):
        return Over()
    if view.lesson.due_on > local_today(now, workspace.settings.zone):
        return Over()
    return _in_their_hours(uow, workspace, notice.person_id, view, now, calendar)


def tell_review(
    uow: UnitOfWork, workspace: Workspace, notice: LessonReview, now: datetime, calendar: WorkingCalendar
) -> ToTell[LessonView]:
    """Did a lesson help? Not asked once it was said."""
    view = read_lesson(uow, workspace.id, notice.lesson_id)
    if view is None or view.lesson.reviewed_at is not None:
        return Over()
    return _in_their_hours(uow, workspace, notice.person_id, view, now, calendar)


def _is_asked(uow: UnitOfWork, view: LessonView, person_id: int) -> bool:
    client = uow.clients.find(view.lesson.workspace_id, view.lesson.client_id)
    return client is not None and person_id in whom_to_ask(uow, view.lesson, client)


def _in_their_hours(
    uow: UnitOfWork, workspace: Workspace, person_id: int, view: LessonView, now: datetime, calendar: WorkingCalendar
) -> ToTell[LessonView]:
    person = uow.people.person(person_id)
    if person is None or not uow.people.present([person_id]):
        return Over()
    at = in_their_hours(now, person, workspace.settings, calendar)
    if at > now:
        return Wait(at)
    return Tell(view, ToPerson(person_id), reader_by_id(uow, workspace, person_id))
