"""Delivering a discussion: its channel step by step, its opening, and what comes in while it is open.

Each step is one effect on Slack, so that an attempt that broke off is taken up where it stopped.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from msgspec import Struct

from bot.domain.delivery_outcome import DeliveryOutcome, Obsolete, Reason, Refused
from bot.domain.model import AlertState, DiscussionState, DiscussionStyle, FlagState
from bot.domain.notices import (
    AlertCard,
    DiscussionDescription,
    DiscussionFlag,
    DiscussionHighlight,
    DiscussionOpening,
    DiscussionPeople,
    DiscussionSpace,
    FlagEntersDiscussion,
    Notice,
)
from bot.language import language
from bot.usecases.discussion import DiscussionView, read_discussion
from bot.usecases.ports import UnitOfWork
from bot.usecases.ports.outbox import TrackedMessage
from handlers.features.discussion.overview import build_opening
from handlers.slack.delivery import Deliverer, Delivery
from handlers.slack.members import PLATFORM
from handlers.slack.render.discussion import (
    build_flag_in_discussion,
    build_flag_is_discussed,
    purpose,
    topic,
)
from handlers.slack.render.message import Message
from handlers.slack.render.reading import Reading
from handlers.surface.messenger import SpaceText


class _Read(Struct, frozen=True):
    """What messages about a discussion show, with the ones that stand already."""

    view: DiscussionView
    reading: Reading
    alert_place: str
    opening: TrackedMessage | None
    alert_message: TrackedMessage | None

    @property
    def is_open(self) -> bool:
        return self.view.discussion.state is DiscussionState.OPEN

    @property
    def waits_for_alert(self) -> bool:
        """Whether the alert that a thread is to hang under is still to be posted."""
        alert, opening = self.view.alert, self.opening
        is_thread = self.view.discussion.style is DiscussionStyle.THREAD
        is_to_come = alert is not None and alert.state is AlertState.OPEN and self.alert_message is None
        return is_thread and is_to_come and opening is None

    @property
    def place_id(self) -> int | None:
        return self.view.discussion.place_id


def _read(uow: UnitOfWork, *, workspace_id: int, discussion_id: int, now: datetime) -> _Read | None:
    view = read_discussion(uow, workspace_id, discussion_id, now)
    if view is None:
        return None
    settings = uow.people.workspace(workspace_id).settings
    users = uow.people.external_ids(sorted(view.person_ids), PLATFORM)
    alert_id = view.discussion.alert_id
    return _Read(
        view=view,
        reading=Reading(language(settings.language), settings.zone, users),
        alert_place=settings.alert_place,
        opening=uow.messages.find(workspace_id, DiscussionOpening(discussion_id).lane),
        alert_message=uow.messages.find(workspace_id, AlertCard(alert_id).lane) if alert_id else None,
    )


async def _reading(delivery: Delivery, discussion_id: int) -> _Read | None:
    return await delivery.database.read(
        partial(_read, workspace_id=delivery.workspace_id, discussion_id=discussion_id, now=delivery.clock.now())
    )


async def deliver_channel(notice: DiscussionSpace, delivery: Delivery) -> DeliveryOutcome:
    """Create the private channel, unless the discussion has one or needs none any more."""
    read = await _reading(delivery, notice.discussion_id)
    if read is None or not read.is_open or read.place_id is not None:
        return Obsolete()
    if read.view.discussion.style is not DiscussionStyle.CHANNEL:
        return Obsolete()
    return await delivery.courier.open_space(delivery, read.view.discussion.code, _text(read), read.view.waiting)


async def deliver_topic(notice: DiscussionDescription, delivery: Delivery) -> DeliveryOutcome:
    """Set topic and purpose."""
    read = await _reading(delivery, notice.discussion_id)
    if read is None or read.place_id is None:
        return Obsolete()
    return await delivery.courier.describe_space(delivery, read.place_id, _text(read))


def _text(read: _Read) -> SpaceText:
    return SpaceText(topic(read.reading.language, read.view), purpose(read.reading.language))


async def deliver_invite(notice: DiscussionPeople, delivery: Delivery) -> DeliveryOutcome:
    """Invite whoever was asked and is not in yet."""
    read = await _reading(delivery, notice.discussion_id)
    if read is None or read.place_id is None or not read.is_open or not read.view.waiting:
        return Obsolete()
    return await delivery.courier.invite(delivery, read.place_id, read.view.waiting)


async def deliver_opening(notice: DiscussionOpening, delivery: Delivery) -> DeliveryOutcome:
    """Post the opening in the channel, or in the thread of the alert; or bring it up to date.

    A thread waits for its alert: once that stands, the opening is asked for again.
    """
    read = await _reading(delivery, notice.discussion_id)
    if read is None or (not read.is_open and read.opening is None) or read.waits_for_alert:
        return Obsolete()
    message = build_opening(read.reading, read.view)
    return await _say(delivery, read, message, subject=notice.lane)


async def _say(delivery: Delivery, read: _Read, message: Message, subject: str | None = None) -> DeliveryOutcome:
    """Say something where the discussion is held."""
    if read.view.discussion.style is DiscussionStyle.CHANNEL:
        if read.place_id is None:
            return Refused(Reason.PLACE_GONE)
        return await delivery.courier.post_to_place(delivery, read.place_id, message, subject=subject)
    under = read.alert_message or (read.opening if subject is None else None)
    if under is not None:
        return await delivery.courier.post_to_place(
            delivery, under.place_id, message, subject=subject, thread=under.external_id
        )
    if not read.alert_place:
        return Refused(Reason.PLACE_UNSET)
    place = await delivery.database.write(
        lambda uow: uow.people.ensure_place(delivery.workspace_id, PLATFORM, read.alert_place)
    )
    return await delivery.courier.post_to_place(delivery, place.id, message, subject=subject)


async def deliver_pin(notice: DiscussionHighlight, delivery: Delivery) -> DeliveryOutcome:
    """Pin the opening."""
    read = await _reading(delivery, notice.discussion_id)
    if read is None or read.opening is None or read.place_id != read.opening.place_id:
        return Obsolete()
    return await delivery.courier.highlight(delivery, read.opening.place_id, read.opening.external_id)


async def deliver_flag(notice: DiscussionFlag, delivery: Delivery) -> DeliveryOutcome:
    """Bring a new flag in, unless it was withdrawn or the discussion ended in the meantime.

    Before a thread has begun there is nothing to bring it into: its opening counts the flag.
    """
    read = await _reading(delivery, notice.discussion_id)
    flag = await delivery.database.read(lambda uow: uow.flags.find(delivery.workspace_id, notice.flag_id))
    if read is None or not read.is_open or flag is None or flag.state is not FlagState.OPEN:
        return Obsolete()
    if read.view.discussion.style is DiscussionStyle.THREAD and read.opening is None:
        return Obsolete()
    return await _say(delivery, read, build_flag_in_discussion(read.reading.language, flag))


async def deliver_flag_enters(notice: FlagEntersDiscussion, delivery: Delivery) -> DeliveryOutcome:
    """Tell somebody who flagged or witnessed that it is talked about now, unless they took it back."""
    read = await _reading(delivery, notice.discussion_id)
    if read is None or not read.is_open or notice.person_id not in read.view.reporters:
        return Obsolete()
    speech = language(await delivery.language_of(notice.person_id))
    message = build_flag_is_discussed(speech, read.view.client_name, read.view.discussion.code)
    return await delivery.courier.post_to_person(delivery, notice.person_id, message)


DELIVERERS: Mapping[type[Notice], Deliverer] = {
    DiscussionSpace: deliver_channel,
    DiscussionDescription: deliver_topic,
    DiscussionPeople: deliver_invite,
    DiscussionOpening: deliver_opening,
    DiscussionHighlight: deliver_pin,
    DiscussionFlag: deliver_flag,
    FlagEntersDiscussion: deliver_flag_enters,
}
"""The notices of this capability."""
