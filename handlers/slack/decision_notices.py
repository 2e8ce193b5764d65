"""Delivering what is said of decisions: in the discussion, and privately to those whom it concerns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from msgspec import Struct

from bot.domain.decision import DecisionState
from bot.domain.delivery_outcome import DeliveryOutcome, Obsolete, Reason, Refused
from bot.domain.model import Discussion, DiscussionStyle
from bot.domain.notices import (
    DecisionDue,
    DecisionSettled,
    DecisionToConfirm,
    DiscussionDecision,
    DiscussionOpening,
    FlagLedTo,
    Notice,
)
from bot.language import language
from bot.usecases.decision import DecisionView, read_decision, read_flag_outcome
from bot.usecases.ports import UnitOfWork
from bot.usecases.ports.outbox import TrackedMessage
from handlers.features.decision.messages import (
    build_decision,
    build_due,
    build_flag_outcome,
    build_settled,
    build_to_confirm,
)
from handlers.slack.delivery import Deliverer, Delivery
from handlers.slack.members import PLATFORM
from handlers.slack.render.reading import Reading


class _InDiscussion(Struct, frozen=True):
    """A decision as its discussion is told of it, with the discussion's own message."""

    view: DecisionView
    discussion: Discussion
    reading: Reading
    opening: TrackedMessage | None


class _ForPerson(Struct, frozen=True):
    """A decision as one person is told of it; `stands` says that they were told."""

    view: DecisionView
    reading: Reading
    stands: bool


def _read_for_discussion(uow: UnitOfWork, *, workspace_id: int, notice: DiscussionDecision) -> _InDiscussion | None:
    view = read_decision(uow, workspace_id, notice.decision_id)
    discussion = uow.discussions.find(workspace_id, notice.discussion_id)
    if view is None or discussion is None:
        return None
    settings = uow.people.workspace(workspace_id).settings
    users = uow.people.external_ids(sorted(view.person_ids), PLATFORM)
    opening = uow.messages.find(workspace_id, DiscussionOpening(discussion.id).lane)
    return _InDiscussion(view, discussion, Reading(language(settings.language), settings.zone, users), opening)


async def deliver_decision(notice: DiscussionDecision, delivery: Delivery) -> DeliveryOutcome:
    """Say what is decided where the discussion is held, or bring it up to date; before it has begun nobody can read it.

    A thread goes on under the message that it hangs under.
    """
    read = await delivery.database.read(
        partial(_read_for_discussion, workspace_id=delivery.workspace_id, notice=notice)
    )
    if read is None or read.opening is None:
        return Obsolete()
    message, subject = build_decision(read.reading, read.view), f"decision:{notice.decision_id}"
    if read.discussion.style is DiscussionStyle.CHANNEL:
        if read.discussion.place_id is None:
            return Refused(Reason.PLACE_GONE)
        return await delivery.courier.post_to_place(delivery, read.discussion.place_id, message, subject=subject)
    thread = read.opening.thread_external_id or read.opening.external_id
    return await delivery.courier.post_to_place(
        delivery, read.opening.place_id, message, subject=subject, thread=thread
    )


def _read_for_person(
    uow: UnitOfWork, *, workspace_id: int, decision_id: int, person_id: int, subject: str
) -> _ForPerson | None:
    view = read_decision(uow, workspace_id, decision_id)
    person = uow.people.person(person_id)
    if view is None or person is None:
        return None
    users = uow.people.external_ids(sorted(view.person_ids), PLATFORM)
    stands = uow.messages.find(workspace_id, subject) is not None
    return _ForPerson(view, Reading(language(person.language), person.zone, users), stands)


async def _reading(delivery: Delivery, decision_id: int, person_id: int, subject: str) -> _ForPerson | None:
    return await delivery.database.read(
        partial(
            _read_for_person,
            workspace_id=delivery.workspace_id,
            decision_id=decision_id,
            person_id=person_id,
            subject=subject,
        )
    )


async def deliver_to_confirm(notice: DecisionToConfirm, delivery: Delivery) -> DeliveryOutcome:
    """Ask somebody who can confirm a proposal; once it is settled, only what was asked already says so."""
    subject = f"decision_confirm:{notice.decision_id}:{notice.person_id}:{notice.step}"
    read = await _reading(delivery, notice.decision_id, notice.person_id, subject)
    if read is None:
        return Obsolete()
    is_asked = read.view.decision.state is DecisionState.PROPOSED and notice.person_id in read.view.confirmers
    if not is_asked and not read.stands:
        return Obsolete()
    message = build_to_confirm(read.reading, read.view, notice.step)
    return await delivery.courier.post_to_person(delivery, notice.person_id, message, subject=subject)


async def deliver_settled(notice: DecisionSettled, delivery: Delivery) -> DeliveryOutcome:
    """Tell whoever proposed something that it was settled."""
    read = await _reading(delivery, notice.decision_id, notice.person_id, "")
    if read is None or read.view.decision.state is DecisionState.PROPOSED:
        return Obsolete()
    return await delivery.courier.post_to_person(delivery, notice.person_id, build_settled(read.reading, read.view))


async def deliver_due(notice: DecisionDue, delivery: Delivery) -> DeliveryOutcome:
    """Ask how things are on the date of a decision; once that is answered, only what was asked already says so."""
    subject = f"decision_due:{notice.decision_id}:{notice.person_id}:{notice.step}"
    read = await _reading(delivery, notice.decision_id, notice.person_id, subject)
    if read is None or (not read.view.is_to_ask and not read.stands):
        return Obsolete()
    message = build_due(read.reading, read.view, notice.step)
    return await delivery.courier.post_to_person(delivery, notice.person_id, message, subject=subject)


async def deliver_flag_led_to(notice: FlagLedTo, delivery: Delivery) -> DeliveryOutcome:
    """Tell somebody who flagged or witnessed what came of it, unless they took it back."""
    outcome = await delivery.database.read(
        partial(
            read_flag_outcome,
            workspace_id=delivery.workspace_id,
            discussion_id=notice.discussion_id,
            person_id=notice.person_id,
            now=delivery.clock.now(),
        )
    )
    if outcome is None:
        return Obsolete()
    t = language(await delivery.language_of(notice.person_id))
    return await delivery.courier.post_to_person(delivery, notice.person_id, build_flag_outcome(t, outcome))


DELIVERERS: Mapping[type[Notice], Deliverer] = {
    DiscussionDecision: deliver_decision,
    DecisionToConfirm: deliver_to_confirm,
    DecisionSettled: deliver_settled,
    DecisionDue: deliver_due,
    FlagLedTo: deliver_flag_led_to,
}
"""The notices of this capability."""
