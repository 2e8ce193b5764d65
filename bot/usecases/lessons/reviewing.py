"""Ninety days on: is the change made, and did the behaviour come back with newer clients?"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.domain.audit import AuditAction
from bot.domain.errors import NotFoundError
from bot.domain.evaluation_rules import at_field
from bot.domain.flag_rules import text
from bot.domain.lessons import MAX_TEXT_LENGTH, ComeBack, Helped, Lesson
from bot.domain.notices import DebriefSummary, LessonReview
from bot.domain.timetable import WorkingCalendar
from bot.usecases.actor import Actor
from bot.usecases.audit import note
from bot.usecases.lessons.moments import REVIEW_STEPS, review_again
from bot.usecases.lessons.people import own_lesson, whom_to_ask
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.outbox import DueItem


class LessonView(Struct, frozen=True):
    """A lesson as it is told to whoever owns it: with the case code of the talk that it came from, and no client.

    `come_back` is `None` where nothing was flagged about that client, so that there is nothing to compare with.
    """

    lesson: Lesson
    code: str | None
    come_back: ComeBack | None = None


def read_lesson(uow: UnitOfWork, workspace_id: int, lesson_id: int) -> LessonView | None:
    """A lesson with what is known ninety days on; `None` when it or its client is gone."""
    lesson = uow.lessons.find(workspace_id, lesson_id)
    client = uow.clients.find(workspace_id, lesson.client_id) if lesson else None
    if lesson is None or client is None:
        return None
    discussion = uow.discussions.latest_for(client.id)
    come_back = uow.lessons.come_back(workspace_id, lesson.category, lesson.added_at) if lesson.category else None
    return LessonView(lesson, discussion.code if discussion else None, come_back)


def ask_whether_it_helped(
    uow: UnitOfWork, item: DueItem, workspace: Workspace, now: datetime, calendar: WorkingCalendar
) -> None:
    """Ask the lesson's owner, and where no answer comes somebody else, once."""
    lesson_id, step = (int(part) for part in item.subject.split(":"))
    lesson = uow.lessons.find(item.workspace_id, lesson_id)
    client = uow.clients.find(item.workspace_id, lesson.client_id) if lesson else None
    if lesson is None or client is None or lesson.reviewed_at is not None:
        return
    is_last = step == REVIEW_STEPS[-1]
    for person_id in whom_to_ask(uow, lesson, client, is_last=is_last):
        uow.outbox.put_once(item.workspace_id, LessonReview(lesson.id, person_id, step), now)
    if not is_last:
        review_again(uow, workspace.settings, lesson, now, calendar)


def read_review(uow: UnitOfWork, actor: Actor, lesson_id: int) -> LessonView:
    """A lesson to say something of, for whoever may; raises `NotFoundError`."""
    lesson, _ = own_lesson(uow, actor, lesson_id)
    view = read_lesson(uow, actor.workspace_id, lesson.id)
    if view is None:
        raise NotFoundError
    return view


def review_lesson(uow: UnitOfWork, actor: Actor, lesson_id: int, helped: Helped, remark: str, now: datetime) -> Lesson:
    """Say whether a lesson helped; what was said first stands. Raises `NotFoundError`, or what is wrong with the
    remark with the field `note`.
    """
    lesson, client = own_lesson(uow, actor, lesson_id, for_update=True)
    with at_field("note"):
        kept = text(remark, MAX_TEXT_LENGTH)
    if uow.lessons.review(lesson.id, helped, kept, actor.person.id, now):
        note(
            uow,
            actor.workspace_id,
            AuditAction.LESSON_REVIEWED,
            now,
            actor_id=actor.person.id,
            client_id=client.id,
            subject=f"lesson:{lesson.id}",
            helped=helped.value,
        )
        uow.outbox.put_once(actor.workspace_id, DebriefSummary(lesson.debrief_id), now)
    return uow.lessons.find(actor.workspace_id, lesson.id) or lesson
