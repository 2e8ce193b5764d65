"""What follows in a discussion from the end of a delivery: each step that fails has a way on."""

from __future__ import annotations

from datetime import datetime

from bot.domain.delivery_outcome import Delivered, DeliveryOutcome, Obsolete, Reason, Refused
from bot.domain.model import Discussion, DiscussionState, DiscussionStyle
from bot.domain.notices import (
    AlertCard,
    DiscussionDescription,
    DiscussionFlag,
    DiscussionOpening,
    DiscussionStep,
    SpaceAbandoned,
)
from bot.usecases.discussion.moving import hold_as_thread, move_on
from bot.usecases.discussion.steps import SAID_ON_THE_WAY, lane_of
from bot.usecases.discussion.telling import flag_subject
from bot.usecases.people.admins import tell_admins
from bot.usecases.ports import OutboxItem, UnitOfWork

NO_SPACE = frozenset({Reason.CHANNEL_REFUSED, Reason.SCOPE_MISSING, Reason.POSTING_RESTRICTED, Reason.REFUSED})
"""Refusals of the platform's that asking again would not change."""

DESCRIBED = "described"
"""The detail of a receipt that says of a space that it was opened with its description."""

SPACE_LOST = frozenset({Reason.PLACE_GONE, Reason.NOT_IN_PLACE, Reason.PLACE_SHARED})
"""Refusals after which a space is of no use to the discussion any more."""


def space_opened(uow: UnitOfWork, item: OutboxItem, outcome: DeliveryOutcome, now: datetime) -> bool:
    """The space is stored, or the discussion goes on as a thread.

    A platform that opens spaces with people in them, or described, has done those steps too.
    """
    discussion = _discussion(uow, item)
    if discussion is None:
        return False
    if isinstance(outcome, Delivered):
        platform = uow.people.workspace(item.workspace_id).platform
        place = uow.people.ensure_place(item.workspace_id, platform, outcome.receipt.place)
        if discussion.state is DiscussionState.CLOSED:
            # It ended while its space was being opened, in which there is nobody yet.
            uow.outbox.put(item.workspace_id, SpaceAbandoned(discussion.id, place.id), now)
            return True
        uow.discussions.set_channel_name(discussion.id, outcome.receipt.details.get("name", discussion.code))
        uow.discussions.set_place(discussion.id, place.id)
        _keep_people(uow, discussion, outcome)
        if DESCRIBED in outcome.receipt.details:
            uow.outbox.cancel(item.workspace_id, item.notice.lane, (DiscussionDescription.kind,))
        return True
    if isinstance(outcome, Refused) and outcome.reason in NO_SPACE:
        _hold_as_thread(uow, discussion, outcome, now)
        return True
    return False


def people_brought_in(uow: UnitOfWork, item: OutboxItem, outcome: DeliveryOutcome, now: datetime) -> bool:
    """Keep what became of each invitation, so that nobody is invited twice.

    Where nobody may be invited the discussion goes on as a thread; once it is under way, only newcomers stay out.
    """
    discussion = _discussion(uow, item)
    if discussion is None:
        return False
    if isinstance(outcome, Delivered):
        _keep_people(uow, discussion, outcome)
        return True
    if not isinstance(outcome, Refused) or outcome.reason not in NO_SPACE:
        return _moved_on(uow, discussion, outcome, now)
    opening = uow.messages.find(item.workspace_id, lane_of(discussion.id))
    if opening is None or opening.place_id != discussion.place_id:
        _hold_as_thread(uow, discussion, outcome, now)
        return True
    for waiting, state in uow.discussions.people(discussion.id).items():
        if state == "wanted":
            uow.discussions.set_person_state(discussion.id, waiting, "refused")
    tell_admins(uow, item.workspace_id, outcome.reason, item.notice.lane, now)
    return True


def described_or_highlighted(uow: UnitOfWork, item: OutboxItem, outcome: DeliveryOutcome, now: datetime) -> bool:
    """A description or a highlight that is refused holds nothing else up; admins hear of it."""
    discussion = _discussion(uow, item)
    if discussion is None or not isinstance(outcome, Refused):
        return False
    if outcome.reason in NO_SPACE:
        tell_admins(uow, item.workspace_id, outcome.reason, f"dressing:{discussion.id}", now)
        return True
    return _moved_on(uow, discussion, outcome, now)


def said(uow: UnitOfWork, item: OutboxItem, outcome: DeliveryOutcome, now: datetime) -> bool:
    """The opening, a flag or a decision could not be posted: where the space is lost, it is posted in a new one."""
    discussion = _discussion(uow, item)
    if discussion is not None and _stands_elsewhere(uow, item, discussion):
        return isinstance(outcome, Refused) and outcome.reason in SPACE_LOST
    if discussion is None or not _moved_on(uow, discussion, outcome, now):
        return False
    if isinstance(item.notice, SAID_ON_THE_WAY) and discussion.state is DiscussionState.OPEN:
        uow.outbox.put_once(item.workspace_id, item.notice, now)
    return True


def _stands_elsewhere(uow: UnitOfWork, item: OutboxItem, discussion: Discussion) -> bool:
    """Whether the message was about a flag that was told where the discussion is not held any more."""
    if not isinstance(item.notice, DiscussionFlag):
        return False
    standing = uow.messages.find(item.workspace_id, flag_subject(item.notice.flag_id, discussion.id))
    return standing is not None and standing.place_id != discussion.place_id


def alert_shown(uow: UnitOfWork, item: OutboxItem, outcome: DeliveryOutcome, now: datetime) -> bool:
    """A discussion that is held under an alert opens once the alert's message stands, or never will."""
    if not isinstance(item.notice, AlertCard) or not isinstance(outcome, Delivered | Obsolete):
        return False
    alert = uow.alerts.find(item.workspace_id, item.notice.alert_id)
    discussion = uow.discussions.open_for(alert.client_id) if alert else None
    if alert is None or discussion is None or discussion.alert_id != alert.id:
        return False
    is_waiting = uow.messages.find(item.workspace_id, lane_of(discussion.id)) is None
    if discussion.style is DiscussionStyle.THREAD and is_waiting:
        uow.outbox.put_once(item.workspace_id, DiscussionOpening(discussion.id), now)
    return False


def news_told(uow: UnitOfWork, item: OutboxItem, outcome: DeliveryOutcome, now: datetime) -> bool:
    """News that cannot be posted are let go: the overview waits for the same place, and says the same once it can."""
    return isinstance(outcome, Refused) and outcome.reason is not Reason.APP_DISCONNECTED


def abandoned(uow: UnitOfWork, item: OutboxItem, outcome: DeliveryOutcome, now: datetime) -> bool:
    """A space that cannot be closed stays as it is: nothing depends on it."""
    return isinstance(outcome, Refused) and outcome.reason is not Reason.APP_DISCONNECTED


def _hold_as_thread(uow: UnitOfWork, discussion: Discussion, outcome: Refused, now: datetime) -> None:
    """The opening says that it is a thread; admins hear of it where they can put it right."""
    hold_as_thread(uow, discussion, outcome.reason.value, now)
    if outcome.reason is Reason.SCOPE_MISSING:
        tell_admins(uow, discussion.workspace_id, outcome.reason, lane_of(discussion.id), now)


def _keep_people(uow: UnitOfWork, discussion: Discussion, delivered: Delivered) -> None:
    for detail, became in delivered.receipt.details.items():
        if detail.isdecimal():
            uow.discussions.set_person_state(discussion.id, int(detail), became)


def _discussion(uow: UnitOfWork, item: OutboxItem) -> Discussion | None:
    if not isinstance(item.notice, DiscussionStep):
        return None
    return uow.discussions.find(item.workspace_id, item.notice.discussion_id)


def _moved_on(uow: UnitOfWork, discussion: Discussion, outcome: DeliveryOutcome, now: datetime) -> bool:
    """Go on in a new space when the old one is lost, of which no event may have told; says whether it does."""
    if not isinstance(outcome, Refused) or outcome.reason not in SPACE_LOST:
        return False
    if discussion.state is DiscussionState.CLOSED:
        return True
    if discussion.style is not DiscussionStyle.CHANNEL:
        return False
    if discussion.place_id is not None:
        tell_admins(uow, discussion.workspace_id, outcome.reason, lane_of(discussion.id), now)
    move_on(uow, discussion, now)
    return True
