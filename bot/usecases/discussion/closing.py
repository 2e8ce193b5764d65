"""The end of a discussion, and taking that back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.domain.audit import AuditAction
from bot.domain.model import Discussion
from bot.domain.notices import AlertCard, DiscussionOpening
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar
from bot.usecases.alerts.ending import close_alert
from bot.usecases.audit import note
from bot.usecases.discussion.steps import lane_of
from bot.usecases.evaluation.rounds import end_round, resume_round
from bot.usecases.ports import UnitOfWork


def close_discussion(uow: UnitOfWork, discussion: Discussion, now: datetime) -> None:
    """Close a discussion, whose client the caller holds: its round ends, its opening and the client's alerts say so."""
    _end(uow, discussion, now)
    for alert in uow.alerts.open_for(discussion.client_id):
        close_alert(uow, alert, now)
    uow.outbox.put_once(discussion.workspace_id, DiscussionOpening(discussion.id), now)


def _end(uow: UnitOfWork, discussion: Discussion, now: datetime) -> None:
    uow.discussions.close(discussion.id, now)
    end_round(uow, discussion, now)
    note(
        uow,
        discussion.workspace_id,
        AuditAction.DISCUSSION_CLOSED,
        now,
        actor_id=None,
        client_id=discussion.client_id,
        subject=f"discussion:{discussion.id}",
    )


def resume_discussion(
    uow: UnitOfWork, settings: WorkspaceSettings, discussion: Discussion, now: datetime, calendar: WorkingCalendar
) -> bool:
    """Let a discussion that was closed by mistake go on with its newest round and what was said in it.

    Says whether it does: not where another one of its client is open. The alert that it came from stays closed, and
    its message leads to the discussion again.
    """
    if not uow.discussions.reopen(discussion.id):
        return False
    resume_round(uow, settings, discussion, now, calendar)
    uow.outbox.put_once(discussion.workspace_id, DiscussionOpening(discussion.id), now)
    if discussion.alert_id is not None:
        uow.outbox.put_once(discussion.workspace_id, AlertCard(discussion.alert_id), now)
    return True


def call_off_unstarted(uow: UnitOfWork, discussion: Discussion, ended_alerts: Collection[int], now: datetime) -> bool:
    """Close a discussion that nobody has seen yet when the alert that opened it ended; says whether it did.

    A flag that was undone before the morning leads to no talk. Once there is a place to talk, people decide.
    """
    if discussion.alert_id not in ended_alerts or discussion.opened_by_id is not None:
        return False
    is_seen = uow.messages.find(discussion.workspace_id, lane_of(discussion.id)) is not None
    if is_seen or discussion.place_id is not None:
        return False
    _end(uow, discussion, now)
    return True
