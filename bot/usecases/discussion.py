"""Discussions: opening one, whom it asks in, and how it goes on when its channel cannot be had."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.delivery import Delivered, DeliveryOutcome, Reason, Refused
from bot.domain.errors import DiscussionClosedError, NotFoundError, ReviewersOnlyError
from bot.domain.model import Alert, Client, Discussion, DiscussionState, DiscussionStyle, Road, Standing
from bot.domain.notices import (
    DiscussionChannel,
    DiscussionInvite,
    DiscussionOpening,
    DiscussionPin,
    DiscussionStep,
    DiscussionTopic,
    FlagEntersDiscussion,
    Notice,
)
from bot.domain.policy import Policy, WorkspaceSettings
from bot.domain.score import weightless_before
from bot.domain.thresholds import Confidence, assess, confidence, standing_of
from bot.domain.timetable import WorkingCalendar, add_working_days, local_today
from bot.domain.visibility import may_open_discussion
from bot.usecases.actor import Actor
from bot.usecases.ports import OutboxItem, UnitOfWork

AfterDelivery = Callable[[UnitOfWork, OutboxItem, DeliveryOutcome, datetime], bool]


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
    steps: list[DiscussionStep] = [DiscussionOpening(discussion.id)]
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


def hold_as_thread(uow: UnitOfWork, discussion: Discussion, reason: str, now: datetime) -> None:
    """The platform refuses a channel: hold the discussion under its alert, and say why.

    What only makes sense in a channel is dropped; the opening that waits behind it goes out as the thread's start.
    """
    uow.discussions.set_style(discussion.id, DiscussionStyle.THREAD, reason)
    only_in_channels = (DiscussionTopic.kind, DiscussionInvite.kind, DiscussionPin.kind)
    uow.outbox.cancel(discussion.workspace_id, DiscussionOpening(discussion.id).lane, only_in_channels)
    uow.outbox.put_once(discussion.workspace_id, DiscussionOpening(discussion.id), now)


def turn_into_channel(uow: UnitOfWork, actor: Actor, discussion_id: int, now: datetime) -> Discussion:
    """Move a discussion held as a thread into a private channel; twice makes one channel.

    Open to reviewers and to whoever was asked in. Raises `NotFoundError` or `DiscussionClosedError`.
    """
    discussion = uow.discussions.find(actor.workspace_id, discussion_id)
    if discussion is None or uow.clients.locked(actor.workspace_id, discussion.client_id) is None:
        raise NotFoundError
    if not actor.person.is_reviewer and actor.person.id not in uow.discussions.people(discussion.id):
        raise NotFoundError
    discussion = uow.discussions.find(actor.workspace_id, discussion_id) or discussion
    if discussion.state is DiscussionState.CLOSED:
        raise DiscussionClosedError
    if discussion.style is DiscussionStyle.CHANNEL:
        return discussion
    uow.discussions.set_style(discussion.id, DiscussionStyle.CHANNEL, None)
    uow.messages.forget(discussion.workspace_id, DiscussionOpening(discussion.id).lane)
    channel = replace(discussion, style=DiscussionStyle.CHANNEL)
    put_opening_steps(uow, channel, now, now)
    return channel


def channel_made(uow: UnitOfWork, item: OutboxItem, outcome: DeliveryOutcome, now: datetime) -> bool:
    """What came of asking for a channel: it is stored, or the discussion goes on as a thread.

    True when the outcome is dealt with here, so that nobody needs to be told of a refusal.
    """
    if not isinstance(item.notice, DiscussionChannel):
        return False
    discussion = uow.discussions.find(item.workspace_id, item.notice.discussion_id)
    if discussion is None:
        return False
    if isinstance(outcome, Delivered):
        platform = uow.people.workspace(item.workspace_id).platform
        place = uow.people.ensure_place(item.workspace_id, platform, outcome.receipt.place)
        uow.discussions.set_channel_name(discussion.id, outcome.receipt.details.get("name", discussion.code))
        uow.discussions.set_place(discussion.id, place.id)
        return True
    if isinstance(outcome, Refused) and outcome.reason in (Reason.CHANNEL_REFUSED, Reason.SCOPE_MISSING):
        hold_as_thread(uow, discussion, outcome.reason.value, now)
        return True
    return False


def people_invited(uow: UnitOfWork, item: OutboxItem, outcome: DeliveryOutcome, now: datetime) -> bool:
    """Keep what became of each invitation, so that nobody is invited twice."""
    if not isinstance(item.notice, DiscussionInvite) or not isinstance(outcome, Delivered):
        return False
    for person_id, state in outcome.receipt.details.items():
        uow.discussions.set_person_state(item.notice.discussion_id, int(person_id), state)
    return True


AFTER_DELIVERY: Mapping[type[Notice], AfterDelivery] = {
    DiscussionChannel: channel_made,
    DiscussionInvite: people_invited,
}
"""What follows from a delivery in this capability."""


@dataclass(frozen=True, slots=True)
class DiscussionView:
    """Everything that a discussion's opening shows; reporters are among `people`, never named as such."""

    discussion: Discussion
    client_name: str
    standing: Standing
    score: float
    confidence: Confidence
    flags_by_category: tuple[tuple[str, int], ...]
    people: tuple[int, ...]
    alert: Alert | None
    thread_reason: str | None
    policy: Policy


def read_discussion(uow: UnitOfWork, workspace_id: int, discussion_id: int, now: datetime) -> DiscussionView | None:
    """A discussion as its opening shows it at `now`; `None` when it or its client is gone."""
    discussion = uow.discussions.find(workspace_id, discussion_id)
    client = uow.clients.find(workspace_id, discussion.client_id) if discussion else None
    if discussion is None or client is None:
        return None
    policy = uow.people.workspace(workspace_id).settings.policy
    on = local_today(now, uow.people.workspace(workspace_id).settings.zone)
    flags = uow.flags.scored(client.id, weightless_before(policy, on))
    assessment = assess(flags, policy, on)
    counted = Counter(flag.category for flag in flags)
    return DiscussionView(
        discussion=discussion,
        client_name=client.name,
        standing=standing_of(client.road, client.alerted, assessment),
        score=assessment.score,
        confidence=confidence(assessment.figures.flags, assessment.figures.people),
        flags_by_category=tuple(counted.most_common()),
        people=tuple(sorted(uow.discussions.people(discussion.id))),
        alert=uow.alerts.find(workspace_id, discussion.alert_id) if discussion.alert_id else None,
        thread_reason=uow.discussions.thread_reason(discussion.id),
        policy=policy,
    )
