"""The moments of a lesson: the day of its change and every two weeks after it, and ninety days after it was noted."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.lessons import ASKED_AGAIN_AFTER, REVIEWED_AFTER, Lesson
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar, add_working_days, local_instant, local_today
from bot.usecases.ports import UnitOfWork

DUE = "lesson_due"
"""Somebody is reminded of a lesson, whose id is the subject."""

REVIEW = "lesson_review"
"""Somebody is asked whether a lesson helped; the subject is `<lesson id>:<step>`."""

REVIEW_STEPS = (1, 2)
"""First the lesson's owner is asked, then the client's owner or the reviewers."""

REVIEW_WORKING_DAYS = 5
"""How long the first question waits for its answer."""


def remind_on_its_day(uow: UnitOfWork, settings: WorkspaceSettings, lesson: Lesson, calendar: WorkingCalendar) -> None:
    """Remind in the morning of the lesson's day, or of the first working day after it."""
    _put(uow, settings, lesson, DUE, str(lesson.id), add_working_days(lesson.due_on, 0, calendar))


def remind_again(
    uow: UnitOfWork, settings: WorkspaceSettings, lesson: Lesson, now: datetime, calendar: WorkingCalendar
) -> None:
    """Remind again in two weeks."""
    day = local_today(now, settings.zone) + ASKED_AGAIN_AFTER
    _put(uow, settings, lesson, DUE, str(lesson.id), add_working_days(day, 0, calendar))


def review_later(uow: UnitOfWork, settings: WorkspaceSettings, lesson: Lesson, calendar: WorkingCalendar) -> None:
    """Ask whether a lesson helped, ninety days after it was noted."""
    day = local_today(lesson.added_at, settings.zone) + REVIEWED_AFTER
    _put(uow, settings, lesson, REVIEW, f"{lesson.id}:{REVIEW_STEPS[0]}", add_working_days(day, 0, calendar))


def review_again(
    uow: UnitOfWork, settings: WorkspaceSettings, lesson: Lesson, now: datetime, calendar: WorkingCalendar
) -> None:
    """Ask somebody else once, where the first question stays without an answer."""
    day = add_working_days(local_today(now, settings.zone), REVIEW_WORKING_DAYS, calendar)
    _put(uow, settings, lesson, REVIEW, f"{lesson.id}:{REVIEW_STEPS[1]}", day)


def remind_no_more(uow: UnitOfWork, lesson: Lesson) -> None:
    """Drop the reminder of a lesson that was made or dropped."""
    uow.due.drop(lesson.workspace_id, DUE, str(lesson.id))


def _put(uow: UnitOfWork, settings: WorkspaceSettings, lesson: Lesson, kind: str, subject: str, day: date) -> None:
    local = datetime.combine(day, settings.quiet_until)
    uow.due.put(
        lesson.workspace_id,
        kind,
        subject,
        local_instant(local, settings.zone),
        local_at=local,
        zone=settings.zone,
    )
