"""The end of a debrief: its host closes it with its lessons, or it closes by itself with what there is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from bot.domain.audit import AuditAction
from bot.domain.debrief_rules import AnswersShown, answers_shown, has_begun
from bot.domain.errors import DebriefMissingError, DebriefNotBegunError, NotFoundError
from bot.domain.lessons import MAX_LESSONS, Lesson, LessonDraft, LessonState
from bot.domain.model import Client, ClientStage, Debrief, DebriefState, DiscussionState, DiscussionStyle
from bot.domain.notices import DebriefAnnouncement, DebriefSummary, DiscussionVacated
from bot.domain.timetable import WorkingCalendar, local_today
from bot.usecases.actor import Actor
from bot.usecases.audit import note
from bot.usecases.debrief.due_moments import drop_moments
from bot.usecases.debrief.people import host_of, own_debrief, refuse_unless_host
from bot.usecases.lessons.adding import add_lessons
from bot.usecases.ports import UnitOfWork


class ClosingForm(Struct, frozen=True):
    """What the form starts from in which a debrief is closed, or lessons are added to one that is closed.

    `room` says how many lessons it can still take; `today` is that of the workspace.
    """

    debrief: Debrief
    client_name: str
    answers: tuple[AnswersShown, ...]
    lessons: tuple[Lesson, ...]
    room: int
    host_id: int | None
    today: date


def close(uow: UnitOfWork, debrief: Debrief, client: Client, closed_by_id: int | None, now: datetime) -> bool:
    """Close a planned debrief, whose client the caller holds; a client that has left counts as debriefed.

    Says whether it did: not where it was closed or cancelled in the meantime.
    """
    if not uow.debriefs.close(debrief.id, closed_by_id, now):
        return False
    drop_moments(uow, debrief)
    if client.stage is ClientStage.PARTED:
        uow.clients.change(client.id, stage=ClientStage.DEBRIEFED)
    uow.outbox.put_once(debrief.workspace_id, DebriefAnnouncement(debrief.id), now)
    uow.outbox.put_once(debrief.workspace_id, DebriefSummary(debrief.id), now)
    note(
        uow,
        debrief.workspace_id,
        AuditAction.DEBRIEF_CLOSED,
        now,
        actor_id=closed_by_id,
        client_id=client.id,
        subject=f"debrief:{debrief.id}",
    )
    return True


def read_closing_form(uow: UnitOfWork, actor: Actor, debrief_id: int, now: datetime) -> ClosingForm:
    """The form for its host and for reviewers.

    Raises `NotFoundError`, `HostNeededError`, `DebriefNotBegunError`, or `DebriefMissingError` for a cancelled one.
    """
    debrief, client = own_debrief(uow, actor, debrief_id)
    _refuse_unless_closable(uow, actor, debrief, client, now)
    lessons = tuple(uow.lessons.of_debrief(debrief.id))
    return ClosingForm(
        debrief=debrief,
        client_name=client.name,
        answers=answers_shown(uow.debriefs.answers(debrief.id)),
        lessons=lessons,
        room=max(MAX_LESSONS - sum(one.state is not LessonState.DROPPED for one in lessons), 0),
        host_id=host_of(uow, debrief, client),
        today=local_today(now, actor.settings.zone),
    )


def close_debrief(
    uow: UnitOfWork,
    actor: Actor,
    debrief_id: int,
    lessons: Sequence[LessonDraft],
    now: datetime,
    calendar: WorkingCalendar,
    key: str,
    content_hash: str,
) -> Debrief:
    """Close a debrief with its lessons, once however often the form is delivered.

    One that was closed in the meantime, also by itself, takes the lessons all the same: nothing typed is lost. Raises
    as `read_closing_form`, and what `add_lessons` raises.
    """
    debrief, client = own_debrief(uow, actor, debrief_id, for_update=True)
    _refuse_unless_closable(uow, actor, debrief, client, now)
    if uow.inbox.accept(actor.workspace_id, key, content_hash, now):
        add_lessons(uow, actor, client, debrief, lessons, now, calendar)
        close(uow, debrief, client, actor.person.id, now)
        uow.outbox.put_once(debrief.workspace_id, DebriefSummary(debrief.id), now)
    return uow.debriefs.find(actor.workspace_id, debrief.id) or debrief


def _refuse_unless_closable(uow: UnitOfWork, actor: Actor, debrief: Debrief, client: Client, now: datetime) -> None:
    if debrief.state is DebriefState.CANCELLED:
        raise DebriefMissingError
    refuse_unless_host(uow, actor, debrief, client)
    if not has_begun(debrief, now):
        raise DebriefNotBegunError(moment=debrief.local_at)


def archive_space(uow: UnitOfWork, actor: Actor, debrief_id: int, now: datetime) -> str:
    """Archive the channel in which a client was talked about, once its debrief is closed; returns its case code.

    For the host and reviewers; twice changes nothing. Raises `NotFoundError`, also where there is no such channel, or
    where the team talks there again.
    """
    debrief, client = own_debrief(uow, actor, debrief_id, for_update=True)
    refuse_unless_host(uow, actor, debrief, client)
    discussion = uow.discussions.latest_for(client.id)
    if debrief.state is not DebriefState.TOOK_PLACE or discussion is None or discussion.place_id is None:
        raise NotFoundError
    if discussion.style is not DiscussionStyle.CHANNEL or discussion.state is DiscussionState.OPEN:
        raise NotFoundError
    place = uow.people.place(discussion.place_id)
    if place is not None and place.state == "open":
        uow.outbox.put_once(actor.workspace_id, DiscussionVacated(discussion.id), now)
        note(
            uow,
            actor.workspace_id,
            AuditAction.SPACE_ARCHIVED,
            now,
            actor_id=actor.person.id,
            client_id=client.id,
            subject=f"discussion:{discussion.id}",
        )
    return discussion.code
