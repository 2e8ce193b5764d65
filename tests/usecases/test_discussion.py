"""Opening a discussion, whom it asks in, and how it goes on when something about its place fails."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.delivery import Delivered, DeliveryOutcome, Obsolete, Reason, Receipt, Refused
from bot.domain.errors import DiscussionClosedError, NotFoundError, ReviewersOnlyError
from bot.domain.model import Discussion, DiscussionStyle, Road
from bot.domain.notices import (
    AdminTold,
    AlertCard,
    DiscussionChannel,
    DiscussionFlag,
    DiscussionInvite,
    DiscussionOpening,
    DiscussionPin,
    DiscussionStep,
    DiscussionTopic,
    FlagEntersDiscussion,
    Notice,
)
from bot.usecases.delivery import record_delivery
from bot.usecases.discussion import (
    AFTER_DELIVERY,
    join_discussion,
    open_discussion_by_hand,
    read_discussion,
    turn_into_channel,
)
from bot.usecases.flags import undo_flag
from bot.usecases.ports import UnitOfWork
from bot.usecases.settings import change_setting
from tests.factories import make_actor
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.office import CALENDAR, Office
from tests.usecases.outgoing import forget_outgoing, outgoing

CHANNEL_STEPS = [DiscussionChannel(1), DiscussionTopic(1), DiscussionInvite(1), DiscussionOpening(1), DiscussionPin(1)]


async def opened_by_hand(office: Office) -> Discussion:
    opened, _ = await office.do(
        open_discussion_by_hand, actor=office.reviewer, client_id=office.client.id, now=NOW, calendar=CALENDAR
    )
    assert isinstance(opened, Discussion)
    return opened


async def in_threads(office: Office) -> None:
    """Let the workspace talk in threads, and the office know it."""
    workspace_id = office.client.workspace_id
    await office.database.write(lambda uow: change_setting(uow, workspace_id, "discussion_style", "thread", NOW))
    settings = await office.database.read(lambda uow: uow.people.workspace(workspace_id).settings)
    for name in ("reviewer", "reporter", "colleague"):
        actor = getattr(office, name)
        setattr(office, name, type(actor)(actor.person, settings))


async def lane(office: Office) -> list[Notice]:
    """What is still to be done for discussions, in order."""
    return [one.notice for one in await outgoing(office.database, DiscussionStep)]


async def ends(office: Office, outcome: DeliveryOutcome, expected: Notice) -> None:
    """Claim the next step of a discussion, which is `expected`, and let it end so."""

    def deliver(uow: UnitOfWork) -> None:
        items = uow.outbox.claim(NOW + timedelta(days=7), 100, timedelta(0))
        (item,) = [one for one in items if one.notice.lane == expected.lane]
        assert item.notice == expected
        record_delivery(uow, item, outcome, NOW, hooks=AFTER_DELIVERY, jitter=0)

    await office.database.write(deliver)


def made(channel: str = "C1") -> Delivered:
    return Delivered(Receipt(channel, details={"name": "review-0001-2"}))


def posted(channel: str = "C1", message: str = "1.0") -> Delivered:
    return Delivered(Receipt(channel, message, {"subject": "discussion:1"}))


async def under_way(office: Office) -> Discussion:
    """A discussion in a channel, with everybody in and its opening pinned."""
    opened = await opened_by_hand(office)
    people = {str(person): "invited" for person in await states(office)}
    outcomes: list[DeliveryOutcome] = [made(), Delivered(), Delivered(Receipt(details=people)), posted(), Delivered()]
    for outcome, step in zip(outcomes, CHANNEL_STEPS, strict=True):
        await ends(office, outcome, step)
    await forget_outgoing(office.database)
    return opened


async def stored(office: Office) -> Discussion:
    found = await office.database.read(lambda uow: uow.discussions.find(office.client.workspace_id, 1))
    assert found is not None
    return found


async def states(office: Office) -> dict[int, str]:
    return await office.database.read(lambda uow: uow.discussions.people(1))


async def told(office: Office) -> list[str]:
    """The reasons that admins, or the reviewers in their place, hear of."""
    return [str(one.notice.payload()["reason"]) for one in await outgoing(office.database, AdminTold)]


async def test_by_hand_is_for_reviewers_and_asks_everybody_concerned_in(any_office: Office) -> None:
    office = any_office
    await office.record(severity=1)
    for other in (office.owner, office.dealer, office.reporter):
        with pytest.raises(ReviewersOnlyError):
            await office.do(
                open_discussion_by_hand, actor=other, client_id=office.client.id, now=NOW, calendar=CALENDAR
            )
    opened = await opened_by_hand(office)
    assert (opened.style, opened.alert_id, opened.opened_by_id) == (
        DiscussionStyle.CHANNEL,
        None,
        office.reviewer.person.id,
    )
    concerned = (office.reviewer, office.owner, office.dealer, office.reporter)
    assert await states(office) == {actor.person.id: "wanted" for actor in concerned}
    assert (await office.stored_client()).road is Road.IN_REVIEW
    assert await lane(office) == CHANNEL_STEPS
    assert await opened_by_hand(office) == opened
    assert await lane(office) == CHANNEL_STEPS


async def test_a_discussion_about_a_client_that_left_does_not_bring_it_back(office: Office) -> None:
    await office.database.write(lambda uow: uow.clients.change(office.client.id, road=Road.PARTED))
    await opened_by_hand(office)
    assert (await office.stored_client()).road is Road.PARTED


async def test_a_foreign_or_unknown_client_has_no_discussion(office: Office) -> None:
    foreigner = await office.database.write(
        lambda uow: make_actor(uow, uow.people.ensure_workspace("slack", "T0002", NOW), is_reviewer=True)
    )
    for actor, client_id in ((foreigner, office.client.id), (office.reviewer, 999)):
        with pytest.raises(NotFoundError):
            await office.do(open_discussion_by_hand, actor=actor, client_id=client_id, now=NOW, calendar=CALENDAR)


async def test_who_left_is_not_asked_in(office: Office) -> None:
    await office.database.write(lambda uow: uow.people.set_left(office.dealer.person.id, NOW))
    await opened_by_hand(office)
    assert office.dealer.person.id not in await states(office)


async def test_joining_later_invites_and_tells_why(office: Office) -> None:
    opened = await under_way(office)
    join = office.colleague.person.id
    for _ in range(2):
        await office.database.write(lambda uow: join_discussion(uow, opened, [join], NOW))
    assert (await states(office))[join] == "wanted"
    waiting = [one.notice for one in await outgoing(office.database)]
    assert waiting == [FlagEntersDiscussion(1, join), DiscussionInvite(1)]


async def test_the_channel_and_what_became_of_invitations_are_kept(office: Office) -> None:
    await under_way(office)
    kept = await stored(office)
    assert kept.channel_name == "review-0001-2"
    place = await office.database.read(lambda uow: uow.people.place(kept.place_id or 0))
    assert place is not None
    assert place.external_id == "C1"
    assert set((await states(office)).values()) == {"invited"}
    view = await office.database.read(lambda uow: read_discussion(uow, office.client.workspace_id, 1, NOW))
    assert view is not None
    assert view.waiting == ()


@pytest.mark.parametrize(
    "reason", [Reason.CHANNEL_REFUSED, Reason.SCOPE_MISSING, Reason.POSTING_RESTRICTED, Reason.REFUSED]
)
async def test_a_refused_channel_becomes_a_thread_and_the_lane_flows(office: Office, reason: Reason) -> None:
    await opened_by_hand(office)
    await ends(office, Refused(reason), DiscussionChannel(1))
    assert (await stored(office)).style is DiscussionStyle.THREAD
    assert await lane(office) == [DiscussionOpening(1)]
    assert await told(office) == []
    await ends(office, posted(), DiscussionOpening(1))
    assert await lane(office) == []
    assert await office.database.read(lambda uow: uow.discussions.thread_reason(1)) == reason.value


async def test_a_channel_into_which_nobody_may_be_invited_becomes_a_thread(office: Office) -> None:
    await opened_by_hand(office)
    await ends(office, made(), DiscussionChannel(1))
    await ends(office, Delivered(), DiscussionTopic(1))
    await ends(office, Refused(Reason.CHANNEL_REFUSED), DiscussionInvite(1))
    assert (await stored(office)).style is DiscussionStyle.THREAD
    assert (await stored(office)).place_id is None
    assert await lane(office) == [DiscussionOpening(1)]


async def test_newcomers_who_may_not_be_invited_stay_out_and_nothing_stops(office: Office) -> None:
    opened = await under_way(office)
    await office.database.write(lambda uow: join_discussion(uow, opened, [office.colleague.person.id], NOW))
    await ends(office, Refused(Reason.CHANNEL_REFUSED), DiscussionInvite(1))
    assert (await stored(office)).style is DiscussionStyle.CHANNEL
    assert (await states(office))[office.colleague.person.id] == "refused"
    assert await told(office) == ["channel_refused"]
    assert await lane(office) == []


async def test_a_refused_topic_or_pin_holds_nothing_up(office: Office) -> None:
    await opened_by_hand(office)
    await ends(office, made(), DiscussionChannel(1))
    await ends(office, Refused(Reason.CHANNEL_REFUSED), DiscussionTopic(1))
    await ends(office, Delivered(), DiscussionInvite(1))
    await ends(office, posted(), DiscussionOpening(1))
    await ends(office, Refused(Reason.SCOPE_MISSING), DiscussionPin(1))
    assert await lane(office) == []
    assert await told(office) == ["channel_refused", "scope_missing"]


@pytest.mark.parametrize("reason", [Reason.PLACE_GONE, Reason.NOT_IN_PLACE, Reason.PLACE_SHARED])
async def test_a_channel_that_turns_out_to_be_lost_is_replaced_and_flags_follow(
    any_office: Office, reason: Reason
) -> None:
    office = any_office
    await under_way(office)
    first, second = await office.record(office.dealer, severity=1), await office.record(office.owner, severity=1)
    flags = [DiscussionFlag(1, one.receipt.flag.id) for one in (first, second)]
    await ends(office, Refused(reason), flags[0])
    moved = await stored(office)
    assert (moved.place_id, moved.style) == (None, DiscussionStyle.CHANNEL)
    assert set((await states(office)).values()) == {"wanted"}
    assert await told(office) == [reason.value]
    assert [one for one in await lane(office) if one not in flags] == CHANNEL_STEPS
    assert {one for one in await lane(office) if one in flags} == set(flags)
    await ends(office, made("C2"), DiscussionChannel(1))
    await ends(office, Delivered(), DiscussionTopic(1))


async def test_a_guest_in_the_channel_stops_it_and_admins_hear(office: Office) -> None:
    await under_way(office)
    recorded = await office.record(office.dealer, severity=1)
    await ends(office, Refused(Reason.PLACE_HAS_GUESTS), DiscussionFlag(1, recorded.receipt.flag.id))
    assert (await stored(office)).place_id is not None
    assert await told(office) == ["place_has_guests"]
    (stuck, opening) = await outgoing(office.database, DiscussionStep)
    assert (stuck.state, opening.state) == ("parked", "pending")


async def test_what_is_refused_after_the_end_is_let_go(office: Office) -> None:
    await under_way(office)
    await office.record(office.dealer, severity=1)
    await office.database.write(lambda uow: uow.discussions.close(1, NOW))
    flag = (await lane(office))[0]
    await ends(office, Refused(Reason.PLACE_GONE), flag)
    assert await told(office) == []
    assert DiscussionChannel(1) not in await lane(office)


async def test_a_thread_opens_once_its_alert_stands(office: Office) -> None:
    await in_threads(office)
    await office.record(severity=4)
    assert await lane(office) == [DiscussionOpening(1)]
    card = AlertCard(1)
    for outcome in (Obsolete(), Delivered(Receipt("C9", "5.0", {"subject": card.lane}))):
        await forget_outgoing(office.database)
        await office.database.write(lambda uow: uow.outbox.put(office.client.workspace_id, card, NOW))
        await ends(office, outcome, card)
        assert await lane(office) == [DiscussionOpening(1)]
    await ends(office, posted("C9"), DiscussionOpening(1))
    await office.database.write(lambda uow: uow.outbox.put(office.client.workspace_id, card, NOW))
    await ends(office, Delivered(Receipt("C9", "5.0", {"subject": card.lane})), card)
    assert await lane(office) == []


async def test_a_thread_becomes_a_channel_once_and_its_flags_come_along(office: Office) -> None:
    await in_threads(office)
    await opened_by_hand(office)
    await ends(office, posted("C9"), DiscussionOpening(1))
    recorded = await office.record(severity=1)
    with pytest.raises(NotFoundError):
        await office.do(turn_into_channel, actor=office.colleague, discussion_id=1, now=NOW)
    for _ in range(2):
        await office.do(turn_into_channel, actor=office.reporter, discussion_id=1, now=NOW)
        assert await lane(office) == [*CHANNEL_STEPS, DiscussionFlag(1, recorded.receipt.flag.id)]
    await ends(office, Refused(Reason.CHANNEL_REFUSED), DiscussionChannel(1))
    assert (await stored(office)).style is DiscussionStyle.THREAD


async def test_a_thread_goes_on_when_nobody_may_be_invited_into_its_new_channel(office: Office) -> None:
    await in_threads(office)
    await opened_by_hand(office)
    await ends(office, posted("C9"), DiscussionOpening(1))
    await office.do(turn_into_channel, actor=office.reviewer, discussion_id=1, now=NOW)
    await ends(office, made(), DiscussionChannel(1))
    await ends(office, Delivered(), DiscussionTopic(1))
    await ends(office, Refused(Reason.CHANNEL_REFUSED), DiscussionInvite(1))
    assert ((await stored(office)).style, (await stored(office)).place_id) == (DiscussionStyle.THREAD, None)
    assert set((await states(office)).values()) == {"wanted"}


async def test_a_closed_or_foreign_thread_stays_as_it_is(office: Office) -> None:
    await in_threads(office)
    await opened_by_hand(office)
    foreigner = await office.database.write(
        lambda uow: make_actor(uow, uow.people.ensure_workspace("slack", "T0002", NOW), is_reviewer=True)
    )
    with pytest.raises(NotFoundError):
        await office.do(turn_into_channel, actor=foreigner, discussion_id=1, now=NOW)
    await office.database.write(lambda uow: uow.discussions.close(1, NOW))
    with pytest.raises(DiscussionClosedError):
        await office.do(turn_into_channel, actor=office.reviewer, discussion_id=1, now=NOW)


async def test_the_reporters_of_what_was_taken_back_are_none(office: Office) -> None:
    recorded = await office.record(severity=1)
    await opened_by_hand(office)

    async def reporters() -> Any:
        view = await office.database.read(lambda uow: read_discussion(uow, office.client.workspace_id, 1, NOW))
        return view.reporters if view else None

    assert await reporters() == {office.reporter.person.id}
    await office.do(undo_flag, actor=office.reporter, flag_id=recorded.receipt.flag.id, now=NOW, calendar=CALENDAR)
    assert await reporters() == frozenset()


async def test_a_discussion_goes_on_after_a_restart_of_its_lane(any_office: Office) -> None:
    """A stuck step that a person lets go is asked for anew as soon as the lane meets the missing channel."""
    office = any_office
    await opened_by_hand(office)
    await ends(office, Refused(Reason.GAVE_UP), DiscussionChannel(1))
    await office.database.write(lambda uow: uow.outbox.discard(office.client.workspace_id, NOW))
    await ends(office, Obsolete(), DiscussionTopic(1))
    await ends(office, Obsolete(), DiscussionInvite(1))
    await ends(office, Refused(Reason.PLACE_GONE), DiscussionOpening(1))
    assert await lane(office) == CHANNEL_STEPS
