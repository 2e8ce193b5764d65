"""Showing the views of a round together, once it is time."""

from __future__ import annotations

from datetime import datetime

from bot.domain.audit import AuditAction
from bot.domain.evaluation import Round
from bot.domain.evaluation_rules import is_complete, may_show, newest_views, tally
from bot.domain.model import Discussion, DiscussionState
from bot.domain.notices import DiscussionOpening, EvaluationNews, EvaluationShort
from bot.domain.timetable import WorkingCalendar, local_today, post_at
from bot.usecases.audit import note
from bot.usecases.evaluation.asked import people_asked
from bot.usecases.evaluation.working_hours import in_their_hours
from bot.usecases.ports import UnitOfWork

MOVED = 1
"""Reviewers hear that the deadline moved because too few people have a view."""

WAYS_OUT = 2
"""Reviewers hear that too few people have a view, and what they can do now."""


def look_again(uow: UnitOfWork, discussion: Discussion, now: datetime, calendar: WorkingCalendar | None = None) -> bool:
    """Show the views of the newest round if it is time, and bring the overview up to date; says whether they show now.

    To be called after anything that can end the waiting, with the client held. With a `calendar`, as when only the
    clock has moved on, what is said about it waits for working hours.
    """
    newest = uow.evaluations.newest_round(discussion.id)
    if newest is None or newest.shown_at is not None:
        return False
    settings = uow.people.workspace(discussion.workspace_id).settings
    views = newest_views(uow.evaluations.views(discussion.id, newest.number))
    has_quorum = tally(views).has_quorum
    away = uow.evaluations.away(discussion.id, newest.number)
    complete = is_complete(people_asked(uow, discussion.id), away, {view.person_id for view in views})
    today = local_today(now, settings.zone)
    if not may_show(newest, complete=complete, has_quorum=has_quorum, today=today):
        return False
    show(uow, discussion, newest, "shown", now, post_at(now, settings, calendar, urgent=False) if calendar else now)
    is_asked = newest.ended_at is None and discussion.state is DiscussionState.OPEN
    if is_asked and not has_quorum:
        tell_reviewers(uow, discussion, newest, WAYS_OUT, now, calendar)
    return True


def show(
    uow: UnitOfWork, discussion: Discussion, newest: Round, news: str, now: datetime, said_at: datetime | None = None
) -> None:
    """Show the views of a round, whose client the caller holds, for good; the discussion hears the `news`."""
    uow.evaluations.set_shown(newest, now)
    note(
        uow,
        discussion.workspace_id,
        AuditAction.VIEWS_SHOWN,
        now,
        actor_id=None,
        client_id=discussion.client_id,
        subject=f"discussion:{discussion.id}",
        round=newest.number,
    )
    redraw(uow, discussion, now)
    if discussion.state is DiscussionState.OPEN:
        notice = EvaluationNews(discussion.id, newest.number, news)
        uow.outbox.put_once(discussion.workspace_id, notice, now, due_at=said_at)


def redraw(uow: UnitOfWork, discussion: Discussion, now: datetime) -> None:
    """Let the living overview show what is known now."""
    uow.outbox.put_once(discussion.workspace_id, DiscussionOpening(discussion.id), now)


def tell_reviewers(
    uow: UnitOfWork,
    discussion: Discussion,
    newest: Round,
    step: int,
    now: datetime,
    calendar: WorkingCalendar | None,
) -> None:
    """Tell each reviewer privately that too few people have a view; admins where there is no reviewer."""
    settings = uow.people.workspace(discussion.workspace_id).settings
    told = uow.people.reviewers(discussion.workspace_id) or uow.people.admins(discussion.workspace_id)
    for person in told:
        at = in_their_hours(now, person, settings, calendar) if calendar else now
        notice = EvaluationShort(discussion.id, newest.number, person.id, step)
        uow.outbox.put_once(discussion.workspace_id, notice, now, due_at=at)
