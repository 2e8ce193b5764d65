"""Delivering debriefs: the announcement, its calendar file, and private reminders."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from msgspec import Struct

from bot.domain.delivery_outcome import DeliveryOutcome, Obsolete, Reason, Refused
from bot.domain.model import DebriefState
from bot.domain.notices import DebriefAnnouncement, DebriefCalendar, DebriefReminder, Notice
from bot.language import language
from bot.usecases.debrief import DebriefView, calendar_file, read_debrief
from bot.usecases.ports import UnitOfWork
from bot.usecases.ports.outbox import TrackedMessage
from handlers.slack.delivery import Deliverer, Delivery
from handlers.slack.members import PLATFORM
from handlers.slack.render.debrief import build_announcement, build_reminder, calendar_summary
from handlers.surface.messenger import SharedFile

ELSEWHERE = frozenset(
    {
        Reason.PLACE_UNSET,
        Reason.PLACE_ARCHIVED,
        Reason.PLACE_GONE,
        Reason.NOT_IN_PLACE,
        Reason.PLACE_SHARED,
        Reason.PLACE_HAS_GUESTS,
        Reason.POSTING_RESTRICTED,
    }
)
"""Refusals of the discussion's channel for which the alert channel is tried; nothing was posted in the first."""


class _Read(Struct, frozen=True):
    """What messages about a debrief show, with Slack's ids of who takes part."""

    view: DebriefView
    people: tuple[str, ...]
    workspace_language: str
    alert_place: str
    announcement: TrackedMessage | None


def _read(uow: UnitOfWork, *, workspace_id: int, debrief_id: int) -> _Read | None:
    view = read_debrief(uow, workspace_id, debrief_id)
    if view is None:
        return None
    settings = uow.people.workspace(workspace_id).settings
    external = uow.people.external_ids(view.people, PLATFORM)
    return _Read(
        view,
        tuple(external[person] for person in view.people if person in external),
        settings.language,
        settings.alert_place,
        uow.messages.find(workspace_id, DebriefAnnouncement(debrief_id).lane),
    )


async def _reading(delivery: Delivery, debrief_id: int) -> _Read | None:
    return await delivery.database.read(partial(_read, workspace_id=delivery.workspace_id, debrief_id=debrief_id))


async def deliver_announcement(notice: DebriefAnnouncement, delivery: Delivery) -> DeliveryOutcome:
    """Announce in the channel of the discussion, or in the alert channel where there is none to post in."""
    read = await _reading(delivery, notice.debrief_id)
    if read is None or (read.view.debrief.state is DebriefState.CANCELLED and read.announcement is None):
        return Obsolete()
    message = build_announcement(language(read.workspace_language), read.view, read.people)
    outcome: DeliveryOutcome = Refused(Reason.PLACE_UNSET)
    if read.view.discussion_place_id is not None:
        outcome = await delivery.courier.post_to_place(
            delivery, read.view.discussion_place_id, message, subject=notice.lane
        )
    if not isinstance(outcome, Refused) or outcome.reason not in ELSEWHERE or not read.alert_place:
        return outcome
    place = await delivery.database.write(
        lambda uow: uow.people.ensure_place(delivery.workspace_id, PLATFORM, read.alert_place)
    )
    return await delivery.courier.post_to_place(delivery, place.id, message, subject=notice.lane)


async def deliver_calendar(notice: DebriefCalendar, delivery: Delivery) -> DeliveryOutcome:
    """Share the calendar file under the announcement; an older state of the debrief is not shared any more.

    Where the announcement could not be posted yet, the file waits with it.
    """
    read = await _reading(delivery, notice.debrief_id)
    if read is None or read.view.debrief.sequence != notice.sequence:
        return Obsolete()
    if read.announcement is None:
        is_cancelled = read.view.debrief.state is DebriefState.CANCELLED
        return Obsolete() if is_cancelled else Refused(Reason.PLACE_UNSET)
    summary = calendar_summary(language(read.workspace_language), read.view.code)
    content = calendar_file(read.view.debrief, notice.sequence, summary, delivery.clock.now())
    return await delivery.courier.share_file(
        delivery,
        read.announcement.place_id,
        SharedFile(f"debrief-{notice.debrief_id}-{notice.sequence}.ics", summary, content),
        read.announcement.external_id,
    )


async def deliver_reminder(notice: DebriefReminder, delivery: Delivery) -> DeliveryOutcome:
    """Remind one person, unless the debrief was cancelled or has begun."""
    read = await _reading(delivery, notice.debrief_id)
    if read is None or read.view.debrief.state is not DebriefState.PLANNED:
        return Obsolete()
    if read.view.debrief.starts_at <= delivery.clock.now():
        return Obsolete()
    speech = language(await delivery.language_of(notice.person_id))
    return await delivery.courier.post_to_person(
        delivery, notice.person_id, build_reminder(speech, read.view, notice.moment)
    )


DELIVERERS: Mapping[type[Notice], Deliverer] = {
    DebriefAnnouncement: deliver_announcement,
    DebriefCalendar: deliver_calendar,
    DebriefReminder: deliver_reminder,
}
"""The notices of this capability."""
