"""The end of a discussion, and taking that back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.domain.audit import AuditAction
from bot.domain.model import Discussion
from bot.domain.notices import (
    AlertCard,
    DiscussionDescription,
    DiscussionOpening,
    DiscussionVacated,
    MessageRemoved,
)
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
    if discussion.place_id is not None:
        uow.outbox.put_once(discussion.workspace_id, DiscussionDescription(discussion.id), now)
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


def call_off(
    uow: UnitOfWork, discussion: Discussion, ended_alerts: Collection[int], now: datetime, *, is_taken_back: bool
) -> bool:
    """Close a discussion that its alert opened and that ended with it, if nobody needs it; says whether it did.

    That is one that nobody has seen yet: a flag that was undone before the morning leads to no talk. Where the alert
    ended because a flag was taken back or changed, it is one that nobody has used as well: what was said in it goes,
    and its space with it. Otherwise people decide.
    """
    if discussion.alert_id not in ended_alerts or discussion.opened_by_id is not None:
        return False
    is_seen = uow.messages.find(discussion.workspace_id, lane_of(discussion.id)) is not None
    if (is_seen or discussion.place_id is not None) and (not is_taken_back or uow.discussions.is_used(discussion.id)):
        return False
    _end(uow, discussion, now)
    if is_seen or discussion.place_id is not None:
        _clear_away(uow, discussion, now)
    return True


def _clear_away(uow: UnitOfWork, discussion: Discussion, now: datetime) -> None:
    """Take back what a discussion that was called off has said; its opening says that it is closed, and no more."""
    uow.outbox.put_once(discussion.workspace_id, DiscussionOpening(discussion.id), now)
    for beginning in (f"{lane_of(discussion.id)}:said:", f"flag_enters:{discussion.id}:"):
        for subject in uow.messages.subjects(discussion.workspace_id, beginning):
            uow.outbox.put_once(discussion.workspace_id, MessageRemoved(subject), now)
    uow.outbox.put_once(discussion.workspace_id, DiscussionVacated(discussion.id), now)
