"""Opening a discussion, whom it asks in, and how it goes on when something about its place fails."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.delivery_outcome import Delivered, DeliveryOutcome, Obsolete, Reason, Receipt, Refused
from bot.domain.errors import DiscussionClosedError, NotFoundError, ReviewersOnlyError
from bot.domain.model import ClientStage, Discussion, DiscussionStyle
from bot.domain.notices import (
    AdminTold,
    AlertCard,
    DiscussionDescription,
    DiscussionFlag,
    DiscussionHighlight,
    DiscussionOpening,
    DiscussionPeople,
    DiscussionSpace,
    DiscussionStep,
    FlagEntersDiscussion,
    Notice,
    PlaceChecked,
)
from bot.usecases.capabilities import AFTER_DELIVERY
from bot.usecases.discussion.discussion_view import read_discussion
from bot.usecases.discussion.joining import join_discussion
from bot.usecases.discussion.moving import turn_into_channel
from bot.usecases.discussion.opening import open_discussion_by_hand
from bot.usecases.flags.editing import undo_flag
from bot.usecases.outbox_delivery import record_delivery
from bot.usecases.ports import UnitOfWork
from bot.usecases.settings import change_setting
from tests.factories import make_actor
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.case_setup import CALENDAR, CaseSetup
from tests.usecases.outgoing import forget_outgoing, outgoing

CHANNEL_STEPS = [
    DiscussionSpace(1),
    DiscussionDescription(1),
    DiscussionPeople(1),
    DiscussionOpening(1),
    DiscussionHighlight(1),
]


async def opened_by_hand(case: CaseSetup) -> Discussion:
    opened, _ = await case.do(
        open_discussion_by_hand, actor=case.reviewer, client_id=case.client.id, now=NOW, calendar=CALENDAR
    )
    assert isinstance(opened, Discussion)
    return opened


async def in_threads(case: CaseSetup) -> None:
    """Let the workspace talk in threads, and the case know it."""
    workspace_id = case.client.workspace_id
    await case.database.write(lambda uow: change_setting(uow, workspace_id, "discussion_style", "thread", NOW))
    settings = await case.database.read(lambda uow: uow.people.workspace(workspace_id).settings)
    for name in ("reviewer", "reporter", "colleague"):
        actor = getattr(case, name)
        setattr(case, name, type(actor)(actor.person, settings))


async def lane(case: CaseSetup) -> list[Notice]:
    """What is still to be done for discussions, in order."""
    return [one.notice for one in await outgoing(case.database, DiscussionStep)]


async def ends(case: CaseSetup, outcome: DeliveryOutcome, expected: Notice) -> None:
    """Claim the next step of a discussion, which is `expected`, and let it end so."""

    def deliver(uow: UnitOfWork) -> None:
        items = uow.outbox.claim(NOW + timedelta(days=7), 100, timedelta(0))
        (item,) = [one for one in items if one.notice.lane == expected.lane]
        assert item.notice == expected
        record_delivery(uow, item, outcome, NOW, hooks=AFTER_DELIVERY, jitter=0)

    await case.database.write(deliver)


def made(channel: str = "C1") -> Delivered:
    return Delivered(Receipt(channel, details={"name": "review-0001-2"}))


def posted(channel: str = "C1", message: str = "1.0") -> Delivered:
    return Delivered(Receipt(channel, message, {"subject": "discussion:1"}))


async def under_way(case: CaseSetup) -> Discussion:
    """A discussion in a channel, with everybody in and its opening pinned."""
    opened = await opened_by_hand(case)
    people = {str(person): "invited" for person in await states(case)}
    outcomes: list[DeliveryOutcome] = [made(), Delivered(), Delivered(Receipt(details=people)), posted(), Delivered()]
    for outcome, step in zip(outcomes, CHANNEL_STEPS, strict=True):
        await ends(case, outcome, step)
    await forget_outgoing(case.database)
    return opened


async def stored(case: CaseSetup) -> Discussion:
    found = await case.database.read(lambda uow: uow.discussions.find(case.client.workspace_id, 1))
    assert found is not None
    return found


async def states(case: CaseSetup) -> dict[int, str]:
    return await case.database.read(lambda uow: uow.discussions.people(1))


async def told(case: CaseSetup) -> list[str]:
    """The reasons that admins, or the reviewers in their place, hear of."""
    return [str(one.notice.payload()["reason"]) for one in await outgoing(case.database, AdminTold)]


async def test_by_hand_is_for_reviewers_and_asks_everybody_concerned_in(any_case: CaseSetup) -> None:
    case = any_case
    await case.record(severity=1)
    for other in (case.owner, case.dealer, case.reporter):
        with pytest.raises(ReviewersOnlyError):
            await case.do(open_discussion_by_hand, actor=other, client_id=case.client.id, now=NOW, calendar=CALENDAR)
    opened = await opened_by_hand(case)
    assert (opened.style, opened.alert_id, opened.opened_by_id) == (
        DiscussionStyle.CHANNEL,
        None,
        case.reviewer.person.id,
    )
    concerned = (case.reviewer, case.owner, case.dealer, case.reporter)
    assert await states(case) == {actor.person.id: "wanted" for actor in concerned}
    assert (await case.stored_client()).stage is ClientStage.IN_REVIEW
    assert await lane(case) == CHANNEL_STEPS
    assert await opened_by_hand(case) == opened
    assert await lane(case) == CHANNEL_STEPS


async def test_a_discussion_about_a_client_that_left_does_not_bring_it_back(case: CaseSetup) -> None:
    await case.database.write(lambda uow: uow.clients.change(case.client.id, stage=ClientStage.PARTED))
    await opened_by_hand(case)
    assert (await case.stored_client()).stage is ClientStage.PARTED


async def test_a_foreign_or_unknown_client_has_no_discussion(case: CaseSetup) -> None:
    foreigner = await case.database.write(
        lambda uow: make_actor(uow, uow.people.ensure_workspace("slack", "T0002", NOW), is_reviewer=True)
    )
    for actor, client_id in ((foreigner, case.client.id), (case.reviewer, 999)):
        with pytest.raises(NotFoundError):
            await case.do(open_discussion_by_hand, actor=actor, client_id=client_id, now=NOW, calendar=CALENDAR)


async def test_who_left_is_not_asked_in(case: CaseSetup) -> None:
    await case.database.write(lambda uow: uow.people.set_left(case.dealer.person.id, NOW))
    await opened_by_hand(case)
    assert case.dealer.person.id not in await states(case)


async def test_joining_later_invites_and_tells_why(case: CaseSetup) -> None:
    opened = await under_way(case)
    join = case.colleague.person.id
    for _ in range(2):
        await case.database.write(lambda uow: join_discussion(uow, opened, [join], NOW))
    assert (await states(case))[join] == "wanted"
    waiting = [one.notice for one in await outgoing(case.database)]
    assert waiting == [FlagEntersDiscussion(1, join), DiscussionPeople(1)]


async def test_the_channel_and_what_became_of_invitations_are_kept(case: CaseSetup) -> None:
    await under_way(case)
    kept = await stored(case)
    assert kept.channel_name == "review-0001-2"
    place = await case.database.read(lambda uow: uow.people.place(kept.place_id or 0))
    assert place is not None
    assert place.external_id == "C1"
    assert set((await states(case)).values()) == {"invited"}
    view = await case.database.read(lambda uow: read_discussion(uow, case.client.workspace_id, 1, NOW))
    assert view is not None
    assert view.waiting == ()


@pytest.mark.parametrize(
    "reason", [Reason.CHANNEL_REFUSED, Reason.SCOPE_MISSING, Reason.POSTING_RESTRICTED, Reason.REFUSED]
)
async def test_a_refused_channel_becomes_a_thread_and_the_lane_flows(case: CaseSetup, reason: Reason) -> None:
    await opened_by_hand(case)
    await ends(case, Refused(reason), DiscussionSpace(1))
    assert (await stored(case)).style is DiscussionStyle.THREAD
    assert await lane(case) == [DiscussionOpening(1)]
    # An admin can put a missing permission right; what the workspace forbids the thread itself explains.
    assert await told(case) == (["scope_missing"] if reason is Reason.SCOPE_MISSING else [])
    await ends(case, posted(), DiscussionOpening(1))
    assert await lane(case) == []
    assert await case.database.read(lambda uow: uow.discussions.thread_reason(1)) == reason.value


async def test_a_channel_into_which_nobody_may_be_invited_becomes_a_thread(case: CaseSetup) -> None:
    await opened_by_hand(case)
    await ends(case, made(), DiscussionSpace(1))
    await ends(case, Delivered(), DiscussionDescription(1))
    await ends(case, Refused(Reason.CHANNEL_REFUSED), DiscussionPeople(1))
    assert (await stored(case)).style is DiscussionStyle.THREAD
    assert (await stored(case)).place_id is None
    assert await lane(case) == [DiscussionOpening(1)]


async def test_newcomers_who_may_not_be_invited_stay_out_and_nothing_stops(case: CaseSetup) -> None:
    opened = await under_way(case)
    await case.database.write(lambda uow: join_discussion(uow, opened, [case.colleague.person.id], NOW))
    await ends(case, Refused(Reason.CHANNEL_REFUSED), DiscussionPeople(1))
    assert (await stored(case)).style is DiscussionStyle.CHANNEL
    assert (await states(case))[case.colleague.person.id] == "refused"
    assert await told(case) == ["channel_refused"]
    assert await lane(case) == []


async def test_a_refused_topic_or_pin_holds_nothing_up(case: CaseSetup) -> None:
    await opened_by_hand(case)
    await ends(case, made(), DiscussionSpace(1))
    await ends(case, Refused(Reason.CHANNEL_REFUSED), DiscussionDescription(1))
    await ends(case, Delivered(), DiscussionPeople(1))
    await ends(case, posted(), DiscussionOpening(1))
    await ends(case, Refused(Reason.SCOPE_MISSING), DiscussionHighlight(1))
    assert await lane(case) == []
    assert await told(case) == ["channel_refused", "scope_missing"]


@pytest.mark.parametrize("reason", [Reason.PLACE_GONE, Reason.NOT_IN_PLACE, Reason.PLACE_SHARED])
async def test_a_channel_that_turns_out_to_be_lost_is_replaced_and_flags_follow(
    any_case: CaseSetup, reason: Reason
) -> None:
    case = any_case
    await under_way(case)
    first, second = await case.record(case.dealer, severity=1), await case.record(case.owner, severity=1)
    flags = [DiscussionFlag(1, one.receipt.flag.id) for one in (first, second)]
    await ends(case, Refused(reason), flags[0])
    moved = await stored(case)
    assert (moved.place_id, moved.style) == (None, DiscussionStyle.CHANNEL)
    assert set((await states(case)).values()) == {"wanted"}
    assert await told(case) == [reason.value]
    assert [one for one in await lane(case) if one not in flags] == CHANNEL_STEPS
    assert {one for one in await lane(case) if one in flags} == set(flags)
    await ends(case, made("C2"), DiscussionSpace(1))
    await ends(case, Delivered(), DiscussionDescription(1))


async def test_a_guest_in_the_channel_stops_it_and_admins_hear(case: CaseSetup) -> None:
    await under_way(case)
    recorded = await case.record(case.dealer, severity=1)
    await ends(case, Refused(Reason.PLACE_HAS_GUESTS), DiscussionFlag(1, recorded.receipt.flag.id))
    assert (await stored(case)).place_id is not None
    (check,) = await outgoing(case.database, PlaceChecked)
    await ends(case, Refused(Reason.PLACE_HAS_GUESTS), check.notice)
    assert await told(case) == ["place_has_guests"]
    (stuck, opening) = await outgoing(case.database, DiscussionStep)
    assert (stuck.state, opening.state) == ("parked", "pending")


async def test_what_is_refused_after_the_end_is_let_go(case: CaseSetup) -> None:
    await under_way(case)
    await case.record(case.dealer, severity=1)
    await case.database.write(lambda uow: uow.discussions.close(1, NOW))
    flag = (await lane(case))[0]
    await ends(case, Refused(Reason.PLACE_GONE), flag)
    assert await told(case) == []
    assert DiscussionSpace(1) not in await lane(case)


async def test_a_thread_opens_once_its_alert_stands(case: CaseSetup) -> None:
    await in_threads(case)
    await case.record(severity=4)
    assert await lane(case) == [DiscussionOpening(1)]
    card = AlertCard(1)
    for outcome in (Obsolete(), Delivered(Receipt("C9", "5.0", {"subject": card.lane}))):
        await forget_outgoing(case.database)
        await case.database.write(lambda uow: uow.outbox.put(case.client.workspace_id, card, NOW))
        await ends(case, outcome, card)
        assert await lane(case) == [DiscussionOpening(1)]
    await ends(case, posted("C9"), DiscussionOpening(1))
    await case.database.write(lambda uow: uow.outbox.put(case.client.workspace_id, card, NOW))
    await ends(case, Delivered(Receipt("C9", "5.0", {"subject": card.lane})), card)
    assert await lane(case) == []


async def test_a_thread_becomes_a_channel_once_and_its_flags_come_along(case: CaseSetup) -> None:
    await in_threads(case)
    await opened_by_hand(case)
    await ends(case, posted("C9"), DiscussionOpening(1))
    recorded = await case.record(severity=1)
    with pytest.raises(NotFoundError):
        await case.do(turn_into_channel, actor=case.colleague, discussion_id=1, now=NOW)
    for _ in range(2):
        await case.do(turn_into_channel, actor=case.reporter, discussion_id=1, now=NOW)
        assert await lane(case) == [*CHANNEL_STEPS, DiscussionFlag(1, recorded.receipt.flag.id)]
    await ends(case, Refused(Reason.CHANNEL_REFUSED), DiscussionSpace(1))
    assert (await stored(case)).style is DiscussionStyle.THREAD


async def test_a_thread_goes_on_when_nobody_may_be_invited_into_its_new_channel(case: CaseSetup) -> None:
    await in_threads(case)
    await opened_by_hand(case)
    await ends(case, posted("C9"), DiscussionOpening(1))
    await case.do(turn_into_channel, actor=case.reviewer, discussion_id=1, now=NOW)
    await ends(case, made(), DiscussionSpace(1))
    await ends(case, Delivered(), DiscussionDescription(1))
    await ends(case, Refused(Reason.CHANNEL_REFUSED), DiscussionPeople(1))
    assert ((await stored(case)).style, (await stored(case)).place_id) == (DiscussionStyle.THREAD, None)
    assert set((await states(case)).values()) == {"wanted"}


async def test_a_closed_or_foreign_thread_stays_as_it_is(case: CaseSetup) -> None:
    await in_threads(case)
    await opened_by_hand(case)
    foreigner = await case.database.write(
        lambda uow: make_actor(uow, uow.people.ensure_workspace("slack", "T0002", NOW), is_reviewer=True)
    )
    with pytest.raises(NotFoundError):
        await case.do(turn_into_channel, actor=foreigner, discussion_id=1, now=NOW)
    await case.database.write(lambda uow: uow.discussions.close(1, NOW))
    with pytest.raises(DiscussionClosedError):
        await case.do(turn_into_channel, actor=case.reviewer, discussion_id=1, now=NOW)


async def test_the_reporters_of_what_was_taken_back_are_none(case: CaseSetup) -> None:
    recorded = await case.record(severity=1)
    await opened_by_hand(case)

    async def reporters() -> Any:
        view = await case.database.read(lambda uow: read_discussion(uow, case.client.workspace_id, 1, NOW))
        return view.reporters if view else None

    assert await reporters() == {case.reporter.person.id}
    await case.do(undo_flag, actor=case.reporter, flag_id=recorded.receipt.flag.id, now=NOW, calendar=CALENDAR)
    assert await reporters() == frozenset()


async def test_a_discussion_goes_on_after_a_restart_of_its_lane(any_case: CaseSetup) -> None:
    """A stuck step that a person lets go is asked for anew as soon as the lane meets the missing channel."""
    case = any_case
    await opened_by_hand(case)
    await ends(case, Refused(Reason.GAVE_UP), DiscussionSpace(1))
    await case.database.write(lambda uow: uow.outbox.discard(case.client.workspace_id, NOW))
    await ends(case, Obsolete(), DiscussionDescription(1))
    await ends(case, Obsolete(), DiscussionPeople(1))
    await ends(case, Refused(Reason.PLACE_GONE), DiscussionOpening(1))
    assert await lane(case) == CHANNEL_STEPS
