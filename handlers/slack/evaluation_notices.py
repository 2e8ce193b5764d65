"""Delivering what an evaluation put on its way: news for the discussion, and private words to those concerned."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from msgspec import Struct

from bot.domain.delivery_outcome import DeliveryOutcome, Obsolete, Reason, RetryLater
from bot.domain.evaluation import Round
from bot.domain.evaluation_rules import ReminderStep
from bot.domain.model import Discussion, DiscussionState, Person
from bot.domain.notices import (
    DiscussionOpening,
    EvaluationAsked,
    EvaluationNews,
    EvaluationReminder,
    EvaluationShort,
    Notice,
)
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import local_today
from bot.language import language
from bot.usecases.evaluation import MOVED, current_round, has_quorum, in_their_hours, is_waited_for
from bot.usecases.ports import UnitOfWork
from bot.usecases.ports.outbox import TrackedMessage
from handlers.features.evaluation.messages import (
    build_asked,
    build_deadline_moved,
    build_news,
    build_reminder,
    build_ways_out,
)
from handlers.slack.delivery import Deliverer, Delivery


class _Read(Struct, frozen=True):
    """What messages about views show; of the person that one goes to, where there is one."""

    discussion: Discussion
    client_name: str
    newest: Round
    settings: WorkspaceSettings
    opening: TrackedMessage | None
    person: Person | None = None
    is_waited_for: bool = False
    has_quorum: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether views are asked at this moment."""
        return self.discussion.state is DiscussionState.OPEN and self.newest.ended_at is None


def _read(uow: UnitOfWork, *, workspace_id: int, discussion_id: int, person_id: int | None) -> _Read | None:
    discussion = uow.discussions.find(workspace_id, discussion_id)
    newest = current_round(uow, discussion_id)
    client = uow.clients.find(workspace_id, discussion.client_id) if discussion else None
    if discussion is None or newest is None or client is None:
        return None
    is_here = person_id is not None and bool(uow.people.present([person_id]))
    return _Read(
        discussion=discussion,
        client_name=client.name,
        newest=newest,
        settings=uow.people.workspace(workspace_id).settings,
        opening=uow.messages.find(workspace_id, DiscussionOpening(discussion_id).lane),
        person=uow.people.person(person_id) if person_id is not None and is_here else None,
        is_waited_for=person_id is not None and is_waited_for(uow, discussion, newest.number, person_id),
        has_quorum=has_quorum(uow, discussion_id, newest.number),
    )


async def _reading(delivery: Delivery, discussion_id: int, person_id: int | None = None) -> _Read | None:
    return await delivery.database.read(
        partial(_read, workspace_id=delivery.workspace_id, discussion_id=discussion_id, person_id=person_id)
    )


async def deliver_news(notice: EvaluationNews, delivery: Delivery) -> DeliveryOutcome:
    """Say it where the discussion's opening stands; there is nobody to say it to before that."""
    read = await _reading(delivery, notice.discussion_id)
    if read is None or not read.is_asked or read.newest.number != notice.round or read.opening is None:
        return Obsolete()
    if notice.news != "shown" and read.newest.shown_at is not None:
        return Obsolete()
    message = build_news(language(read.settings.language), read.discussion, notice.news, read.newest.views_by)
    thread = read.opening.thread_external_id
    return await delivery.courier.post_to_place(delivery, read.opening.place_id, message, thread=thread)


async def deliver_asked(notice: EvaluationAsked, delivery: Delivery) -> DeliveryOutcome:
    """Ask somebody for their view, unless they have given it already."""
    read = await _reading(delivery, notice.discussion_id, notice.person_id)
    if read is None or read.person is None or not read.is_waited_for:
        return Obsolete()
    message = build_asked(language(read.person.language), read.discussion, read.client_name, read.newest.views_by)
    return await delivery.courier.post_to_person(delivery, notice.person_id, message)


async def deliver_reminder(notice: EvaluationReminder, delivery: Delivery) -> DeliveryOutcome:
    """Remind somebody whose view is still asked for; what could not be sent in working hours waits for the next."""
    read = await _reading(delivery, notice.discussion_id, notice.person_id)
    if read is None or read.person is None or not read.is_waited_for or read.newest.number != notice.round:
        return Obsolete()
    now = delivery.clock.now()
    today, views_by = local_today(now, read.settings.zone), read.newest.views_by
    if today > views_by:
        return Obsolete()
    at = in_their_hours(now, read.person, read.settings, delivery.calendar(read.settings))
    if at > now:
        # The wait of this reason is kept to the second; that of any other is spread, into the evening perhaps.
        return RetryLater(Reason.RATE_LIMITED, after=at - now, counts=False)
    message = build_reminder(
        language(read.person.language),
        read.discussion,
        read.client_name,
        views_by,
        is_today=today == views_by,
        is_last=notice.step == ReminderStep.ON_THE_DAY,
    )
    return await delivery.courier.post_to_person(delivery, notice.person_id, message)


async def deliver_short(notice: EvaluationShort, delivery: Delivery) -> DeliveryOutcome:
    """Tell a reviewer that too few people have a view, unless enough have one now."""
    read = await _reading(delivery, notice.discussion_id, notice.person_id)
    if read is None or read.person is None or not read.is_asked or read.newest.number != notice.round:
        return Obsolete()
    if read.has_quorum:
        return Obsolete()
    t = language(read.person.language)
    if notice.step == MOVED:
        message = build_deadline_moved(t, read.discussion, read.client_name, read.newest.views_by)
    else:
        message = build_ways_out(t, read.discussion, read.client_name)
    return await delivery.courier.post_to_person(delivery, notice.person_id, message)


DELIVERERS: Mapping[type[Notice], Deliverer] = {
    EvaluationNews: deliver_news,
    EvaluationAsked: deliver_asked,
    EvaluationReminder: deliver_reminder,
    EvaluationShort: deliver_short,
}
"""The notices of this capability."""
