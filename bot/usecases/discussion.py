"""Discussions: opening one, whom it asks in, and how it goes on when its channel cannot be had."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.errors import NotFoundError, ReviewersOnlyError
from bot.domain.model import Alert, Client, Discussion, DiscussionStyle, Road
from bot.domain.notices import (
    DiscussionChannel,
    DiscussionInvite,
    DiscussionOpening,
    DiscussionPin,
    DiscussionTopic,
    FlagEntersDiscussion,
)
from bot.domain.policy import WorkspaceSettings
from bot.domain.score import weightless_before
from bot.domain.timetable import WorkingCalendar, add_working_days, local_today
from bot.domain.visibility import may_open_discussion
from bot.usecases.actor import Actor
from bot.usecases.ports import UnitOfWork


def open_discussion(
    uow: UnitOfWork,
    settings: WorkspaceSettings,
    client: Client,
    now: datetime,
    calendar: WorkingCalendar,
    *,
    alert: Alert | None = None,
    opened_by_id: int | None = None,
    post_at: datetime | None = None,
) -> Discussion:
    """Open a discussion on `client`, whose row the caller holds; the open one when there is one already.

    Everything Slack must do for it is put into one lane, in order, from `post_at` on.
    """
    at = post_at or now
    views_by = add_working_days(local_today(at, settings.zone), settings.policy.views_working_days, calendar)
    opened = uow.discussions.open(
        client.workspace_id,
        client.id,
        settings.discussion_style,
        views_by,
        opened_by_id=opened_by_id,
        alert_id=alert.id if alert else None,
        now=now,
    )
    if opened is None:
        existing = uow.discussions.open_for(client.id)
        if existing is None:
            raise NotFoundError
        return existing
    reporters = uow.flags.people_behind(client.id, weightless_before(settings.policy, local_today(now, settings.zone)))
    _ask_in_everyone(uow, client, opened, reporters)
    put_opening_steps(uow, opened, now, at)
    for person_id in sorted(uow.people.present(reporters)):
        uow.outbox.put(client.workspace_id, FlagEntersDiscussion(opened.id, person_id), now, due_at=at)
    return opened


def put_opening_steps(uow: UnitOfWork, discussion: Discussion, now: datetime, at: datetime) -> None:
    """Put what opens a discussion in its style: a channel with all its steps, or one message to talk under."""
    steps = [DiscussionOpening(discussion.id)]
    if discussion.style is DiscussionStyle.CHANNEL:
        steps = [
            DiscussionChannel(discussion.id),
            DiscussionTopic(discussion.id),
            DiscussionInvite(discussion.id),
            DiscussionOpening(discussion.id),
            DiscussionPin(discussion.id),
        ]
    for step in steps:
        uow.outbox.put(discussion.workspace_id, step, now, due_at=at)


def _ask_in_everyone(uow: UnitOfWork, client: Client, discussion: Discussion, reporters: Iterable[int]) -> None:
    """The owner, who deals with the client, who flagged or witnessed, and the reviewers: those still here."""
    wanted = {*reporters, *uow.clients.people_of(client.id)}
    wanted.update(reviewer.id for reviewer in uow.people.reviewers(client.workspace_id))
    if client.owner_id is not None:
        wanted.add(client.owner_id)
    uow.discussions.ask_in(discussion.id, sorted(uow.people.present(wanted)))


def join_discussion(uow: UnitOfWork, discussion: Discussion, person_ids: Iterable[int], now: datetime) -> None:
    """Ask more people into an open discussion: somebody flagged or witnessed after it had opened."""
    asked = uow.discussions.ask_in(discussion.id, sorted(uow.people.present(person_ids)))
    if asked and discussion.style is DiscussionStyle.CHANNEL:
        uow.outbox.put_once(discussion.workspace_id, DiscussionInvite(discussion.id), now)


def open_discussion_by_hand(
    uow: UnitOfWork,
    actor: Actor,
    client_id: int,
    now: datetime,
    calendar: WorkingCalendar,
    *,
    alert: Alert | None = None,
) -> tuple[Discussion, bool]:
    """Open a discussion because a reviewer asks for it; also says whether it is new.

    However many people ask at once, one opens. Raises `ReviewersOnlyError` or `NotFoundError`.
    """
    if not may_open_discussion(actor.person):
        raise ReviewersOnlyError
    client = uow.clients.locked(actor.workspace_id, client_id)
    if client is None:
        raise NotFoundError
    existing = uow.discussions.open_for(client.id)
    if existing is not None:
        return existing, False
    opened = open_discussion(uow, actor.settings, client, now, calendar, alert=alert, opened_by_id=actor.person.id)
    uow.clients.change(client.id, road=Road.IN_REVIEW)
    uow.alerts.mark_acted(client.id, now)
    return opened, True
