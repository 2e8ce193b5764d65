"""What follows from an attempt to deliver a notice: done, tried again later, or kept until a person has looked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from bot.domain.delivery_outcome import (
    GONE,
    Delivered,
    DeliveryOutcome,
    Obsolete,
    PlatformDown,
    Postponed,
    Reason,
    Receipt,
    Refused,
    RetryLater,
    Unknown,
)
from bot.domain.notices import AdminTold, MessageRemoved, Notice
from bot.usecases.people.admins import tell_admins
from bot.usecases.ports import OutboxItem, UnitOfWork
from bot.usecases.ports.outbox import TrackedMessage
from bot.usecases.privacy.looking import look_at
from bot.usecases.stories import AfterDelivery, HeldUp

MAX_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=1)
MAX_PAUSE = timedelta(hours=1)
_GROWTH = 3.2

SAID = "said"
"""Part of the subject of a message that is not kept up to date."""

OUTSIDERS_READ = frozenset({Reason.PLACE_SHARED, Reason.PLACE_HAS_GUESTS})
"""Why nothing may be posted in a place, nor stay there."""

MAX_OUTAGE_PAUSE = timedelta(minutes=5)
OUTAGE_TOLD_AFTER = timedelta(minutes=15)
"""An outage that was shorter than this is nothing that an admin has to know of."""

LOOK_UP_AFTER = timedelta(seconds=5)
"""A request without an answer can still be on its way; looking for its effect at once could miss it."""


class LeaseLostError(Exception):
    """Somebody else has claimed the item since; whatever this attempt would have written must not be."""


def record_delivery(
    uow: UnitOfWork,
    item: OutboxItem,
    outcome: DeliveryOutcome,
    now: datetime,
    *,
    hooks: Mapping[type[Notice], AfterDelivery],
    held_up: Mapping[type[Notice], HeldUp] = {},
    jitter: float,
    keeps_place: bool = False,
) -> datetime | None:
    """Write what came of an attempt; returns when the next one is due, if there is one.

    `jitter` is between 0 and 1 and spreads the next attempts. With `keeps_place` a notice whose platform is out of
    reach stays as due as it was; otherwise it waits the longer, the longer it has been tried. Raises `LeaseLostError`
    when the claim has run out and somebody else holds the item; the transaction must then be rolled back.
    """
    if isinstance(outcome, PlatformDown):
        retry_at = item.due_at if keeps_place else now + _outage_pause(item, outcome, now)
        _require_lease(uow.outbox.finish(item, outcome, now, retry_at=retry_at))
        return retry_at
    if isinstance(outcome, RetryLater | Unknown):
        counted = item.attempts + (isinstance(outcome, Unknown) or outcome.counts)
        if counted < MAX_ATTEMPTS:
            retry_at = now + _pause(outcome, item.attempts, jitter)
            _require_lease(uow.outbox.finish(item, outcome, now, retry_at=retry_at))
            if outcome.reason is Reason.PLACE_UNPROVEN and type(item.notice) in held_up:
                held_up[type(item.notice)](uow, item, now)
            return retry_at
        outcome = Refused(Reason.GAVE_UP, outcome.reason.value)
    if isinstance(outcome, Postponed):
        _require_lease(uow.outbox.finish(item, outcome, now, retry_at=outcome.until))
        return outcome.until
    if isinstance(outcome, Delivered):
        _remember(uow, item, outcome.receipt, now)
        _tell_of_outage(uow, item, now)
    hook = hooks.get(type(item.notice))
    is_dealt_with = hook(uow, item, outcome, now) if hook else False
    if isinstance(outcome, Refused) and not is_dealt_with:
        _keep(uow, item, outcome, now)
        return None
    _require_lease(uow.outbox.finish(item, Obsolete() if isinstance(outcome, Refused) else outcome, now, retry_at=None))
    return None


def claim_due(
    uow: UnitOfWork, now: datetime, limit: int, lease: timedelta, but: Collection[int] = ()
) -> list[OutboxItem]:
    """Lease what is due, in other workspaces than `but`.

    The admins hear, once a day for each kind, of notices that nobody can read.
    """

    def tell(workspace_id: int, kind: str) -> None:
        if uow.inbox.accept(workspace_id, f"told:{Reason.UNREADABLE.value}:{kind}:{now.date()}", "", now):
            tell_admins(uow, workspace_id, Reason.UNREADABLE, f"notice:{kind}", now)

    return uow.outbox.claim(now, limit, lease, but=but, unreadable=tell)


def hold_back(uow: UnitOfWork, item: OutboxItem, now: datetime) -> bool:
    """Park an item whose workspace is disconnected; false when its workspace is not. Raises `LeaseLostError`."""
    if not uow.people.workspace(item.workspace_id).is_disconnected:
        return False
    _require_lease(uow.outbox.park(item, now, Reason.APP_DISCONNECTED.value, ""))
    return True


def reconnect(uow: UnitOfWork, workspace_id: int, now: datetime) -> int:
    """The platform takes our token again: everything that waited goes out; returns how many notices that are."""
    if uow.people.workspace(workspace_id).is_disconnected:
        uow.people.set_disconnected(workspace_id, None)
        return uow.outbox.unpark(workspace_id, now)
    return 0


def retry_parked(uow: UnitOfWork, now: datetime) -> int:
    """Make due again what waits for something to be put right, in connected workspaces; returns how many notices."""
    connected = [workspace for workspace in uow.people.workspaces() if not workspace.is_disconnected]
    return sum(uow.outbox.unpark(workspace.id, now) for workspace in connected)


def _pause(outcome: RetryLater | Unknown, attempts: int, jitter: float) -> timedelta:
    """How long until the next attempt: as long as the platform asks, otherwise from a second up to an hour."""
    if isinstance(outcome, RetryLater) and outcome.after is not None:
        spread = timedelta(0) if outcome.reason is Reason.RATE_LIMITED else outcome.after * jitter
        return outcome.after + spread
    grown = min(FIRST_PAUSE.total_seconds() * _GROWTH**attempts, MAX_PAUSE.total_seconds())
    pause = timedelta(seconds=grown * (0.5 + jitter / 2))
    return max(pause, LOOK_UP_AFTER) if isinstance(outcome, Unknown) else max(pause, FIRST_PAUSE)


def _outage_pause(item: OutboxItem, outcome: PlatformDown, now: datetime) -> timedelta:
    waited = now - (item.first_sent_at or now)
    return max(min(waited / 4, MAX_OUTAGE_PAUSE), LOOK_UP_AFTER, outcome.after or LOOK_UP_AFTER)


def _tell_of_outage(uow: UnitOfWork, item: OutboxItem, now: datetime) -> None:
    """The first notice that gets through after a long outage tells the admins that there was one."""
    if item.reason != Reason.PLATFORM_DOWN.value or isinstance(item.notice, AdminTold):
        return
    if now - (item.first_sent_at or now) >= OUTAGE_TOLD_AFTER:
        told = f"told:{Reason.PLATFORM_DOWN.value}:{now.date()}"
        if uow.inbox.accept(item.workspace_id, told, "", now):
            tell_admins(uow, item.workspace_id, Reason.PLATFORM_DOWN, "outage", now)


def _keep(uow: UnitOfWork, item: OutboxItem, outcome: Refused, now: datetime) -> None:
    if outcome.reason is Reason.APP_DISCONNECTED:
        uow.people.set_disconnected(item.workspace_id, now)
        _require_lease(uow.outbox.park(item, now, outcome.reason.value, outcome.code))
        return
    settle = uow.outbox.kill if _is_final(outcome) else uow.outbox.park
    _require_lease(settle(item, now, outcome.reason.value, outcome.code))
    if not isinstance(item.notice, AdminTold) and not _is_looked_at(uow, item, outcome.reason, now):
        _tell_admins_once(uow, item, outcome.reason, now)


def _is_looked_at(uow: UnitOfWork, item: OutboxItem, reason: Reason, now: datetime) -> bool:
    """Whether outsiders may read messages of ours where this one was refused, so that they are covered.

    The admins hear of that, and not of this notice too.
    """
    place_id = _place_of(uow, item) if reason in OUTSIDERS_READ else None
    if place_id is None or not uow.messages.in_place(place_id):
        return False
    look_at(uow, item.workspace_id, place_id, now)
    return True


def _place_of(uow: UnitOfWork, item: OutboxItem) -> int | None:
    """The place of the discussion that a notice is about, or the one for alerts."""
    thing, _, number = item.notice.lane.partition(":")
    discussion = uow.discussions.find(item.workspace_id, int(number)) if thing == "discussion" else None
    if discussion is not None and discussion.place_id is not None:
        return discussion.place_id
    return uow.people.workspace(item.workspace_id).settings.alert_place


def _is_final(outcome: Refused) -> bool:
    """Whether putting something right in the workspace changes nothing: a person decides what becomes of it."""
    return outcome.reason in (Reason.GAVE_UP, Reason.OUTCOME_UNKNOWN, Reason.PERSON_UNREACHABLE)


def _tell_admins_once(uow: UnitOfWork, item: OutboxItem, reason: Reason, now: datetime) -> None:
    """Tell the admins, once a day for each reason and subject; everything in the place for alerts is one subject."""
    about = "alert_channel" if item.notice.is_for_alert_place else item.notice.lane
    if uow.inbox.accept(item.workspace_id, f"told:{reason.value}:{about}:{now.date()}", "", now):
        tell_admins(uow, item.workspace_id, reason, item.notice.lane, now)


def _remember(uow: UnitOfWork, item: OutboxItem, receipt: Receipt, now: datetime) -> None:
    """Note where a message stands: the next notice about its subject updates it, and an erasure finds it.

    One that was on its way while its subject was erased is taken back.
    """
    if GONE in receipt.details:
        uow.messages.forget(item.workspace_id, receipt.details[GONE])
        return
    subject = _subject_of(item, receipt)
    if not subject:
        return
    platform = uow.people.workspace(item.workspace_id).platform
    place = uow.people.ensure_place(item.workspace_id, platform, receipt.place)
    standing = TrackedMessage(place.id, receipt.message, receipt.details.get("thread"))
    uow.messages.save(item.workspace_id, subject, standing)
    if uow.erasure.is_gone(subject):
        uow.outbox.put_once(item.workspace_id, MessageRemoved(subject), now)


def _subject_of(item: OutboxItem, receipt: Receipt) -> str:
    """The subject that a message is remembered under; what is said once has one of its own, such as `alert:12:said:…`.

    Empty for what is no message, and for one about no client.
    """
    if "subject" in receipt.details:
        return receipt.details["subject"]
    return f"{item.notice.about}:{SAID}:{item.intent}" if receipt.message and item.notice.about else ""


def _require_lease(is_ours: bool) -> None:
    if not is_ours:
        raise LeaseLostError
