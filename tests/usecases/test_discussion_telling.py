"""What is decided about each step of a discussion when its moment has come."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.delivery_outcome import Reason
from bot.domain.model import DiscussionStyle
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
from bot.usecases.discussion import telling
from bot.usecases.discussion.opening import open_discussion_by_hand
from bot.usecases.flags.editing import undo_flag
from bot.usecases.ports import UnitOfWork
from bot.usecases.ports.outbox import TrackedMessage
from bot.usecases.ports.telling import (
    DescribeSpace,
    Highlight,
    InvitePeople,
    OpenSpace,
    Over,
    Reader,
    Stuck,
    Tell,
    ToPerson,
    ToPlace,
)
from bot.usecases.settings import change_setting
from tests.factories import PLATFORM
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.case_setup import CALENDAR, CaseSetup

DECIDES: dict[type[Notice], Any] = {
    DiscussionSpace: telling.tell_space,
    DiscussionDescription: telling.tell_description,
    DiscussionPeople: telling.tell_people,
    DiscussionOpening: telling.tell_opening,
    DiscussionHighlight: telling.tell_highlight,
    DiscussionFlag: telling.tell_flag,
    FlagEntersDiscussion: telling.tell_flag_enters,
}
STEPS = [DiscussionSpace, DiscussionDescription, DiscussionPeople, DiscussionOpening, DiscussionHighlight]
EVERYBODY = Reader("en", "Europe/Amsterdam")


@pytest.fixture
async def opened(case: CaseSetup) -> CaseSetup:
    """A discussion that a reviewer opened by hand, after a flag."""
    await case.record(severity=1)
    await case.do(open_discussion_by_hand, actor=case.reviewer, client_id=case.client.id, now=NOW, calendar=CALENDAR)
    return case


async def decided(case: CaseSetup, notice: Notice) -> Any:
    def decide(uow: UnitOfWork) -> Any:
        workspace = uow.people.workspace(case.client.workspace_id)
        return DECIDES[type(notice)](uow, workspace, notice, NOW, CALENDAR)

    return await case.database.read(decide)


async def change(case: CaseSetup, work: Any) -> Any:
    return await case.database.write(work)


async def has_space(case: CaseSetup) -> int:
    """The discussion has a space; our id of it."""

    def give(uow: UnitOfWork) -> int:
        place = uow.people.ensure_place(case.client.workspace_id, PLATFORM, "C1")
        uow.discussions.set_place(1, place.id)
        return place.id

    return int(await change(case, give))


async def stands(case: CaseSetup, notice: Notice, channel: str = "C1", message: str = "1.0") -> int:
    """The message of a notice stands in a channel; our id of that."""

    def save(uow: UnitOfWork) -> int:
        place = uow.people.ensure_place(case.client.workspace_id, PLATFORM, channel)
        uow.messages.save(case.client.workspace_id, notice.lane, TrackedMessage(place.id, message, None))
        return place.id

    return int(await change(case, save))


async def alerts_go_to(case: CaseSetup, channel: str) -> int:
    """Choose a place for alerts; our id of it."""
    workspace_id = case.client.workspace_id
    await change(case, lambda uow: change_setting(uow, workspace_id, "alert_channel", channel, NOW))
    return int(await change(case, lambda uow: uow.people.ensure_place(workspace_id, PLATFORM, channel).id))


async def is_a_thread(case: CaseSetup) -> None:
    await change(case, lambda uow: uow.discussions.set_style(1, DiscussionStyle.THREAD, None))


async def is_closed(case: CaseSetup) -> None:
    await change(case, lambda uow: uow.discussions.close(1, NOW))


async def test_a_space_is_opened_with_those_who_are_to_come_in(opened: CaseSetup) -> None:
    wanted = await decided(opened, DiscussionSpace(1))
    assert isinstance(wanted, OpenSpace)
    everybody = (opened.reviewer, opened.owner, opened.dealer, opened.reporter)
    assert wanted.people == tuple(sorted(actor.person.id for actor in everybody))
    assert (wanted.code, wanted.what.discussion.id, wanted.reader) == ("review-0001", 1, EVERYBODY)


@pytest.mark.parametrize("because", [has_space, is_a_thread, is_closed])
async def test_no_space_is_opened_where_none_is_needed(opened: CaseSetup, because: Any) -> None:
    await because(opened)
    assert await decided(opened, DiscussionSpace(1)) == Over()


async def test_a_space_is_described_once_it_is_there(opened: CaseSetup) -> None:
    assert await decided(opened, DiscussionDescription(1)) == Over()
    place_id = await has_space(opened)
    wanted = await decided(opened, DiscussionDescription(1))
    assert isinstance(wanted, DescribeSpace)
    assert (wanted.place_id, wanted.what.discussion.code, wanted.reader) == (place_id, "review-0001", EVERYBODY)


async def test_who_is_not_in_yet_is_brought_in(opened: CaseSetup) -> None:
    assert await decided(opened, DiscussionPeople(1)) == Over()
    place_id = await has_space(opened)

    def bring_in(uow: UnitOfWork) -> None:
        uow.discussions.set_person_state(1, opened.owner.person.id, "invited")
        uow.discussions.set_person_state(1, opened.dealer.person.id, "refused")

    await change(opened, bring_in)
    waiting = tuple(sorted((opened.reviewer.person.id, opened.reporter.person.id)))
    assert await decided(opened, DiscussionPeople(1)) == InvitePeople(place_id, waiting)
    for person_id in waiting:
        await change(opened, lambda uow, who=person_id: uow.discussions.set_person_state(1, who, "invited"))
    assert await decided(opened, DiscussionPeople(1)) == Over()


async def test_nobody_is_brought_into_what_is_over(opened: CaseSetup) -> None:
    await has_space(opened)
    await is_closed(opened)
    assert await decided(opened, DiscussionPeople(1)) == Over()


async def test_the_opening_goes_into_the_space(opened: CaseSetup) -> None:
    assert await decided(opened, DiscussionOpening(1)) == Stuck(Reason.PLACE_GONE)
    place_id = await has_space(opened)
    told = await decided(opened, DiscussionOpening(1))
    assert isinstance(told, Tell)
    assert (told.to, told.reader) == (ToPlace(place_id, subject="discussion:1"), EVERYBODY)


async def test_what_is_over_before_it_opened_is_not_said_and_what_stands_is(opened: CaseSetup) -> None:
    await has_space(opened)
    await is_closed(opened)
    assert await decided(opened, DiscussionOpening(1)) == Over()
    await stands(opened, DiscussionOpening(1))
    assert isinstance(await decided(opened, DiscussionOpening(1)), Tell)


async def test_a_thread_waits_for_its_alert_and_opens_under_it(case: CaseSetup) -> None:
    await case.record(severity=4)
    await is_a_thread(case)
    assert await decided(case, DiscussionOpening(1)) == Over()
    place_id = await stands(case, AlertCard(1), "C0ALERTS", "5.0")
    told = await decided(case, DiscussionOpening(1))
    assert told.to == ToPlace(place_id, subject="discussion:1", thread="5.0")


async def test_a_thread_whose_alert_ended_waits_no_more(case: CaseSetup) -> None:
    await case.record(severity=4)
    await is_a_thread(case)
    place_id = await alerts_go_to(case, "C0ALERTS")
    await change(case, lambda uow: uow.alerts.close(1))
    assert (await decided(case, DiscussionOpening(1))).to == ToPlace(place_id, subject="discussion:1")


async def test_a_thread_without_an_alert_stands_by_itself_in_the_place_for_alerts(opened: CaseSetup) -> None:
    await is_a_thread(opened)
    assert await decided(opened, DiscussionOpening(1)) == Stuck(Reason.PLACE_UNSET)
    place_id = await alerts_go_to(opened, "C0ALERTS")
    assert (await decided(opened, DiscussionOpening(1))).to == ToPlace(place_id, subject="discussion:1")


async def test_the_opening_is_kept_in_sight_where_it_stands_in_the_space(opened: CaseSetup) -> None:
    place_id = await has_space(opened)
    assert await decided(opened, DiscussionHighlight(1)) == Over()
    await stands(opened, DiscussionOpening(1), "C0OLD")
    assert await decided(opened, DiscussionHighlight(1)) == Over()
    await stands(opened, DiscussionOpening(1))
    assert await decided(opened, DiscussionHighlight(1)) == Highlight(place_id, "1.0")


async def test_a_new_flag_comes_into_the_space(opened: CaseSetup) -> None:
    assert await decided(opened, DiscussionFlag(1, 1)) == Stuck(Reason.PLACE_GONE)
    place_id = await has_space(opened)
    told = await decided(opened, DiscussionFlag(1, 1))
    assert (told.what.id, told.to, told.reader) == (1, ToPlace(place_id, "discussion_flag:1:1"), EVERYBODY)


async def test_a_new_flag_comes_into_the_thread_once_that_has_begun(opened: CaseSetup) -> None:
    await is_a_thread(opened)
    assert await decided(opened, DiscussionFlag(1, 1)) == Over()
    place_id = await stands(opened, DiscussionOpening(1), "C0ALERTS", "6.0")
    assert (await decided(opened, DiscussionFlag(1, 1))).to == ToPlace(place_id, "discussion_flag:1:1", "6.0")


async def test_a_flag_that_is_gone_or_too_late_is_not_brought_in(opened: CaseSetup) -> None:
    await has_space(opened)
    assert await decided(opened, DiscussionFlag(1, 99)) == Over()
    await opened.do(undo_flag, actor=opened.reporter, flag_id=1, now=NOW, calendar=CALENDAR)
    assert await decided(opened, DiscussionFlag(1, 1)) == Over()


async def test_no_flag_is_brought_into_what_is_over(opened: CaseSetup) -> None:
    await has_space(opened)
    await is_closed(opened)
    assert await decided(opened, DiscussionFlag(1, 1)) == Over()


async def test_who_flagged_hears_it_once_however_many_flags_follow(opened: CaseSetup) -> None:
    reporter = opened.reporter.person.id
    assert isinstance(await decided(opened, FlagEntersDiscussion(1, reporter)), Tell)

    def stand(uow: UnitOfWork) -> None:
        place = uow.people.ensure_place(opened.client.workspace_id, PLATFORM, "D1")
        subject = f"flag_enters:1:{reporter}"
        uow.messages.save(opened.client.workspace_id, subject, TrackedMessage(place.id, "1.0", None))

    await opened.database.write(stand)
    assert await decided(opened, FlagEntersDiscussion(1, reporter)) == Over()


async def test_who_flagged_hears_that_it_is_talked_about_in_their_own_language(opened: CaseSetup) -> None:
    reporter, workspace_id = opened.reporter.person.id, opened.client.workspace_id
    users = await opened.database.read(lambda uow: uow.people.external_ids([reporter], PLATFORM))
    dutch = {"language": "nl", "zone": "Europe/Brussels"}
    await change(opened, lambda uow: uow.people.ensure_person(workspace_id, PLATFORM, users[reporter], **dutch))
    told = await decided(opened, FlagEntersDiscussion(1, reporter))
    assert (told.to, told.reader) == (ToPerson(reporter, f"flag_enters:1:{reporter}"), Reader("nl", "Europe/Brussels"))
    assert told.what.client_name == opened.client.name
    assert await decided(opened, FlagEntersDiscussion(1, opened.colleague.person.id)) == Over()
    await opened.do(undo_flag, actor=opened.reporter, flag_id=1, now=NOW, calendar=CALENDAR)
    assert await decided(opened, FlagEntersDiscussion(1, reporter)) == Over()


async def test_nobody_hears_of_a_talk_that_is_over(opened: CaseSetup) -> None:
    await is_closed(opened)
    assert await decided(opened, FlagEntersDiscussion(1, opened.reporter.person.id)) == Over()


GONE = [*(step(99) for step in STEPS), DiscussionFlag(99, 1), FlagEntersDiscussion(99, 1)]


@pytest.mark.parametrize("notice", GONE, ids=lambda notice: notice.kind)
async def test_a_discussion_that_is_gone_wants_nothing(opened: CaseSetup, notice: Notice) -> None:
    assert await decided(opened, notice) == Over()
