"""What the clock does in an evaluation: it ends the day of the deadline, and reminds people before."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.audit import AuditAction
from bot.domain.evaluation import Round
from bot.domain.model import Discussion, DiscussionState
from bot.domain.notices import EvaluationNews
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar, add_working_days, local_today, post_at
from bot.usecases.audit import note
from bot.usecases.evaluation.rounds import set_deadline
from bot.usecases.evaluation.showing import MOVED, look_again, redraw, tell_reviewers
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.outbox import DueItem


def day_is_over(uow: UnitOfWork, item: DueItem, workspace: Workspace, now: datetime, calendar: WorkingCalendar) -> None:
    """The day of a deadline is over: views are shown, or with too few of them the deadline moves, once."""
    discussion_id, number = (int(part) for part in item.subject.split(":"))
    found = uow.discussions.find(item.workspace_id, discussion_id)
    if found is None or uow.clients.locked(item.workspace_id, found.client_id) is None:
        return
    discussion = uow.discussions.find(item.workspace_id, discussion_id) or found
    newest = uow.evaluations.newest_round(discussion_id)
    if newest is None or newest.number != number or newest.shown_at is not None:
        return
    if local_today(now, workspace.settings.zone) <= newest.views_by:
        set_deadline(uow, workspace.settings, discussion, number, newest.views_by, now)
        return
    is_asked = discussion.state is DiscussionState.OPEN and newest.ended_at is None
    if not look_again(uow, discussion, now, calendar) and is_asked:
        _move(uow, workspace.settings, discussion, newest, now, calendar)


def _move(
    uow: UnitOfWork,
    settings: WorkspaceSettings,
    discussion: Discussion,
    newest: Round,
    now: datetime,
    calendar: WorkingCalendar,
) -> None:
    """Give people the same time once more, counted from the deadline, or from now where that is long ago."""
    yesterday = local_today(now, settings.zone) - timedelta(days=1)
    days = settings.policy.views_working_days
    views_by = add_working_days(max(newest.views_by, yesterday), days, calendar)
    uow.evaluations.move(newest, views_by, now)
    set_deadline(uow, settings, discussion, newest.number, views_by, now)
    note(
        uow,
        discussion.workspace_id,
        AuditAction.DEADLINE_MOVED,
        now,
        actor_id=None,
        client_id=discussion.client_id,
        subject=f"discussion:{discussion.id}",
        round=newest.number,
        views_by=views_by.isoformat(),
    )
    redraw(uow, discussion, now)
    news = EvaluationNews(discussion.id, newest.number, "moved")
    said_at = post_at(now, settings, calendar, urgent=False)
    uow.outbox.put_once(discussion.workspace_id, news, now, due_at=said_at)
    tell_reviewers(uow, discussion, newest, MOVED, now, calendar)
