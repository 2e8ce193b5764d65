"""Rounds of an evaluation: each begins with a deadline, and ends with a decision or with its discussion."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.domain.audit import AuditAction
from bot.domain.evaluation import Round
from bot.domain.evaluation_rules import ReminderStep, reminder_days, shown_as
from bot.domain.model import Discussion
from bot.domain.notices import DiscussionDescription, DiscussionOpening, EvaluationNews
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar, add_working_days, local_instant, local_today, post_at
from bot.usecases.audit import note
from bot.usecases.evaluation.asked import people_asked
from bot.usecases.ports import UnitOfWork

DEADLINE = "evaluation_deadline"
"""The due row at the end of a round's last day; its subject is `<discussion id>:<round>`."""

REMINDER = "evaluation_reminder"
"""The due rows at the start of a day of reminders; their subject is `<discussion id>:<round>:<step>`."""

VIEW_FIELDS = ("choice", "reason")
"""The fields of the form that belong to a round; what was typed about a topic outlives it."""

_MIDNIGHT = time(0)


def begin_round(
    uow: UnitOfWork,
    settings: WorkspaceSettings,
    discussion: Discussion,
    now: datetime,
    calendar: WorkingCalendar,
    *,
    at: datetime | None = None,
) -> Round:
    """Begin the next round of an open discussion, whose client the caller holds and whose people are asked in.

    Its deadline counts from `at`, when people first hear of it; views of an earlier round play no part any more. Where
    there was an earlier round, the discussion shows and hears that views are asked again.
    """
    heard_on = local_today(at or now, settings.zone)
    before = uow.evaluations.newest_round(discussion.id)
    begun = Round(
        discussion_id=discussion.id,
        number=before.number + 1 if before else 1,
        begun_at=now,
        views_by=add_working_days(heard_on, settings.policy.views_working_days, calendar),
        shown_as=shown_as(settings.views_shown, len(people_asked(uow, discussion.id))),
    )
    if before is not None and before.ended_at is None:
        uow.evaluations.end(before, now)
    uow.evaluations.drop_drafts(discussion.id, VIEW_FIELDS)
    uow.evaluations.begin(begun)
    set_deadline(uow, settings, discussion, begun.number, begun.views_by, now)
    _remind_later(uow, settings, discussion, begun, heard_on, calendar)
    _note_begin(uow, discussion, begun, now)
    if before is not None:
        at = at or post_at(now, settings, calendar, urgent=False)
        uow.outbox.put_once(
            discussion.workspace_id, EvaluationNews(discussion.id, begun.number, "again"), now, due_at=at
        )
    return begun


def _note_begin(uow: UnitOfWork, discussion: Discussion, begun: Round, now: datetime) -> None:
    note(
        uow,
        discussion.workspace_id,
        AuditAction.ROUND_BEGUN,
        now,
        actor_id=None,
        client_id=discussion.client_id,
        subject=f"discussion:{discussion.id}",
        round=begun.number,
        views_by=begun.views_by.isoformat(),
    )


def set_deadline(
    uow: UnitOfWork, settings: WorkspaceSettings, discussion: Discussion, number: int, views_by: date, now: datetime
) -> None:
    """Let the discussion know its deadline, and the clock when its day is over in the workspace's zone."""
    over = datetime.combine(views_by + timedelta(days=1), _MIDNIGHT)
    uow.due.put(
        discussion.workspace_id,
        DEADLINE,
        f"{discussion.id}:{number}",
        local_instant(over, settings.zone),
        local_at=over,
        zone=settings.zone,
    )
    if discussion.views_by == views_by:
        return
    uow.discussions.set_views_by(discussion.id, views_by)
    uow.outbox.put_once(discussion.workspace_id, DiscussionDescription(discussion.id), now)
    uow.outbox.put_once(discussion.workspace_id, DiscussionOpening(discussion.id), now)


def _remind_later(
    uow: UnitOfWork,
    settings: WorkspaceSettings,
    discussion: Discussion,
    begun: Round,
    heard_on: date,
    calendar: WorkingCalendar,
) -> None:
    """Set the days on which people are reminded, after the one on which they were asked."""
    for step, day in reminder_days(begun.views_by, calendar):
        if day > heard_on:
            start = datetime.combine(day, _MIDNIGHT)
            uow.due.put(
                discussion.workspace_id,
                REMINDER,
                f"{discussion.id}:{begun.number}:{step.value}",
                local_instant(start, settings.zone),
                local_at=start,
                zone=settings.zone,
            )


def current_round(uow: UnitOfWork, discussion_id: int) -> Round | None:
    """The newest round of a discussion; it has ended after a decision, and with the discussion."""
    return uow.evaluations.newest_round(discussion_id)


def end_round(uow: UnitOfWork, discussion: Discussion, now: datetime) -> None:
    """End the current round, if there is one: views stay as they are, and nobody is reminded any more.

    Views that are still hidden stay so until the day of the deadline is over.
    """
    current = current_round(uow, discussion.id)
    if current is None or current.ended_at is not None:
        return
    uow.evaluations.end(current, now)
    uow.evaluations.drop_drafts(discussion.id, VIEW_FIELDS)
    remind_no_more(uow, current, discussion.workspace_id)


def remind_no_more(uow: UnitOfWork, one: Round, workspace_id: int) -> None:
    """Nobody is reminded any more to give a view in a round."""
    for step in ReminderStep:
        uow.due.drop(workspace_id, REMINDER, f"{one.discussion_id}:{one.number}:{step.value}")


def resume_round(
    uow: UnitOfWork, settings: WorkspaceSettings, discussion: Discussion, now: datetime, calendar: WorkingCalendar
) -> None:
    """Let the newest round go on, as when its discussion was closed by mistake; what was said in it stays."""
    newest = uow.evaluations.newest_round(discussion.id)
    if newest is None or newest.ended_at is None:
        return
    uow.evaluations.end(newest, None)
    if newest.shown_at is None:
        set_deadline(uow, settings, discussion, newest.number, newest.views_by, now)
        _remind_later(uow, settings, discussion, newest, local_today(now, settings.zone), calendar)


def wake_round(uow: UnitOfWork, settings: WorkspaceSettings, discussion: Discussion, now: datetime) -> None:
    """Let the clock look at a round's deadline that it may have passed while its discussion was closed by a merge."""
    newest = uow.evaluations.newest_round(discussion.id)
    if newest is not None and newest.ended_at is None and newest.shown_at is None:
        set_deadline(uow, settings, discussion, newest.number, newest.views_by, now)


def wake_rounds(uow: UnitOfWork, workspace_id: int, now: datetime) -> None:
    """Let the clock know every deadline of a workspace, those of rounds that an older version began among them.

    To be called when the bot starts; doing it again changes nothing.
    """
    settings = uow.people.workspace(workspace_id).settings
    for hidden in uow.evaluations.hidden_rounds(workspace_id):
        discussion = uow.discussions.find(workspace_id, hidden.discussion_id)
        if discussion is not None:
            wake_round(uow, settings, discussion, now)
