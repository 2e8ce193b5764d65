"""Noting the lessons of a debrief, and whose they are when their owner leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.audit import AuditAction
from bot.domain.catalogue import GOOD
from bot.domain.dossier import by_category
from bot.domain.errors import ChoiceUnknownError, LessonsFullError
from bot.domain.lessons import MAX_LESSONS, Lesson, LessonDraft, LessonState, checked, is_filled_in
from bot.domain.model import Client, Debrief
from bot.domain.notices import DebriefSummary, LessonOwned
from bot.domain.timetable import WorkingCalendar, local_today
from bot.usecases.actor import Actor
from bot.usecases.audit import note
from bot.usecases.lessons.moments import remind_on_its_day, review_later
from bot.usecases.lessons.people import whom_to_ask
from bot.usecases.ports import UnitOfWork


def add_lessons(
    uow: UnitOfWork,
    actor: Actor,
    client: Client,
    debrief: Debrief,
    drafts: Sequence[LessonDraft],
    now: datetime,
    calendar: WorkingCalendar,
) -> list[Lesson]:
    """Note what the team changes; the caller holds the client and has checked who may.

    Raises `LessonsFullError` for more than three that are not dropped, or what is wrong with one, with a field such as
    `owner:2`: what it is about, and the place of the lesson among `drafts`.
    """
    settings = actor.settings
    places = [place for place, draft in enumerate(drafts) if is_filled_in(draft)]
    fit = checked(drafts, local_today(now, settings.zone))
    standing = [one for one in uow.lessons.of_debrief(debrief.id) if one.state is not LessonState.DROPPED]
    if len(standing) + len(fit) > MAX_LESSONS:
        raise LessonsFullError(field=f"change:{places[-1]}", most=MAX_LESSONS)
    category = _category_of(uow, client)
    added = []
    for place, draft in zip(places, fit, strict=True):
        if draft.owner_id is None or not uow.people.present([draft.owner_id]):
            raise ChoiceUnknownError(field=f"owner:{place}")
        lesson = uow.lessons.add(
            actor.workspace_id, client.id, debrief.id, draft, category, added_by_id=actor.person.id, now=now
        )
        remind_on_its_day(uow, settings, lesson, calendar)
        review_later(uow, settings, lesson, calendar)
        if lesson.owner_id != actor.person.id:
            uow.outbox.put(actor.workspace_id, LessonOwned(lesson.id, lesson.owner_id), now)
        note(
            uow,
            actor.workspace_id,
            AuditAction.LESSON_ADDED,
            now,
            actor_id=actor.person.id,
            client_id=client.id,
            subject=f"lesson:{lesson.id}",
            head=lesson.head.value,
        )
        added.append(lesson)
    return added


def _category_of(uow: UnitOfWork, client: Client) -> str:
    """The behaviour that troubled most, something good aside; empty where nothing was flagged."""
    counts = by_category(uow.flags.scored(client.id, date.min))
    return next((category for category, _ in counts if category != GOOD), "")


def hand_over_lessons(uow: UnitOfWork, person_id: int, now: datetime) -> None:
    """What a colleague who left was to change goes to the client's owner, or else to a reviewer, who hears of it.

    Where nobody is left, it stays as it is.
    """
    for lesson in uow.lessons.owned_by(person_id):
        client = uow.clients.locked(lesson.workspace_id, lesson.client_id)
        heirs = whom_to_ask(uow, lesson, client) if client else []
        if heirs:
            uow.lessons.hand_over(lesson.id, heirs[0])
            uow.outbox.put(lesson.workspace_id, LessonOwned(lesson.id, heirs[0]), now)
            uow.outbox.put_once(lesson.workspace_id, DebriefSummary(lesson.debrief_id), now)
