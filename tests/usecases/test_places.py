"""What the platform tells of channels and people: cases survive it, people are told, and hearing twice is harmless."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from bot.domain.model import Discussion
from bot.domain.notices import AdminTold, AlertCard, CareTask, DiscussionOpening, DiscussionSpace, DiscussionStep
from bot.usecases.people.leavers import person_left, person_returned
from bot.usecases.places import PlaceChange, PlaceEvent, place_changed, place_renamed_id
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.settings import change_setting, read_settings
from tests.factories import PLATFORM
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.case_setup import CaseSetup
from tests.usecases.outgoing import forget_outgoing, outgoing

ALERTS, CASE = "C0ALERTS", "C0CASE"


@pytest.fixture
async def case(case: CaseSetup) -> CaseSetup:
    """An case with an alert channel, and a discussion under way in a channel of its own."""
    workspace_id = case.client.workspace_id

    def place(uow: UnitOfWork) -> None:
        change_setting(uow, workspace_id, "alert_channel", ALERTS, NOW)
        uow.discussions.set_place(1, uow.people.ensure_place(workspace_id, PLATFORM, CASE).id)
        for person_id in uow.discussions.people(1):
            uow.discussions.set_person_state(1, person_id, "invited")

    await case.record(severity=4)
    await case.database.write(place)
    await forget_outgoing(case.database)
    return case


async def happens(case: CaseSetup, change: PlaceChange, channel: str = CASE, key: str = "event:1") -> None:
    event = PlaceEvent(key, case.client.workspace_id, PLATFORM, channel, change)
    await case.database.write(partial(place_changed, event=event, now=NOW))


async def discussion(case: CaseSetup) -> Discussion:
    found = await case.database.read(lambda uow: uow.discussions.open_for(case.client.id))
    assert found is not None
    return found


async def workspace(case: CaseSetup) -> Workspace:
    return await case.database.read(lambda uow: uow.people.workspace(case.client.workspace_id))


async def told(case: CaseSetup) -> list[tuple[str, str]]:
    found = [one.notice.payload() for one in await outgoing(case.database, AdminTold)]
    return [(str(one["reason"]), str(one["subject"])) for one in found]


async def park(case: CaseSetup) -> None:
    """Something for the case and for the alert channel is stuck."""

    def put(uow: UnitOfWork) -> None:
        uow.outbox.put(case.client.workspace_id, AlertCard(7), NOW)
        (item,) = uow.outbox.claim(NOW, 1, NOW - NOW)
        assert uow.outbox.park(item, NOW, "place_archived", "")

    await case.database.write(put)


async def is_free(case: CaseSetup) -> bool:
    return {one.state for one in await outgoing(case.database, AlertCard)} == {"pending"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (PlaceChange.GONE, "place_gone"),
        (PlaceChange.SHARED, "place_shared"),
        (PlaceChange.LEFT, "not_in_place"),
    ],
)
async def test_a_lost_channel_is_replaced_once(case: CaseSetup, change: PlaceChange, reason: str) -> None:
    for _ in range(2):
        await happens(case, change)
    assert (await discussion(case)).place_id is None
    assert set((await case.database.read(lambda uow: uow.discussions.people(1))).values()) == {"wanted"}
    assert await told(case) == [(reason, "discussion:1")]
    assert len(await outgoing(case.database, DiscussionSpace)) == 1
    assert len(await outgoing(case.database, DiscussionStep)) == 5
    await forget_outgoing(case.database)
    await happens(case, change)
    assert await outgoing(case.database) == []


async def test_an_archived_channel_waits_to_be_opened_again(case: CaseSetup) -> None:
    await happens(case, PlaceChange.ARCHIVED)
    await happens(case, PlaceChange.ARCHIVED)
    assert (await discussion(case)).place_id is not None
    assert await told(case) == [("place_archived", "discussion:1")]
    await park(case)
    await happens(case, PlaceChange.REOPENED, key="event:2")
    assert await is_free(case)
    place = await case.database.read(lambda uow: uow.people.place_by_external(case.client.workspace_id, PLATFORM, CASE))
    assert place is not None
    assert place.state == "open"


async def test_a_guest_in_the_channel_is_told_and_what_waited_goes_out_when_they_left(case: CaseSetup) -> None:
    await happens(case, PlaceChange.OUTSIDER_JOINED)
    assert await told(case) == [("place_has_guests", "discussion:1")]
    assert (await discussion(case)).place_id is not None
    await park(case)
    await happens(case, PlaceChange.SOMEBODY_LEFT, key="event:2")
    assert await is_free(case)


@pytest.mark.parametrize(
    "change",
    [PlaceChange.ARCHIVED, PlaceChange.GONE, PlaceChange.SHARED, PlaceChange.LEFT, PlaceChange.OUTSIDER_JOINED],
)
async def test_the_alert_channel_in_trouble_is_told_to_admins(case: CaseSetup, change: PlaceChange) -> None:
    await happens(case, change, ALERTS)
    ((_, subject),) = await told(case)
    assert subject.startswith("place:")
    await forget_outgoing(case.database)
    await happens(case, change, ALERTS)
    assert await told(case) == []
    assert (await discussion(case)).place_id is not None
    assert await outgoing(case.database, DiscussionStep) == []


@pytest.mark.parametrize("change", list(PlaceChange))
async def test_channels_of_no_concern_are_left_alone(case: CaseSetup, change: PlaceChange) -> None:
    await case.database.write(lambda uow: uow.people.ensure_place(case.client.workspace_id, PLATFORM, "C0OTHER"))
    await park(case)
    for channel in ("C0OTHER", "C0UNKNOWN"):
        await happens(case, change, channel)
    assert [type(one.notice) for one in await outgoing(case.database)] == [AlertCard]
    assert not await is_free(case)


async def test_another_id_keeps_everything_in_its_place(case: CaseSetup) -> None:
    await park(case)
    before = (await workspace(case)).settings_version
    change = partial(place_renamed_id, workspace_id=case.client.workspace_id, platform=PLATFORM, now=NOW)
    for _ in range(2):
        await case.database.write(partial(change, old_external_id=CASE, new_external_id="C1CASE"))
        await case.database.write(partial(change, old_external_id=ALERTS, new_external_id="C1ALERTS"))
    place = await case.database.read(lambda uow: uow.people.place((uow.discussions.open_for(case.client.id)).place_id))  # type: ignore[union-attr,arg-type]
    assert place is not None
    assert place.external_id == "C1CASE"
    settings = await case.database.read(lambda uow: read_settings(uow, case.client.workspace_id))
    assert settings["alert_channel"] == "C1ALERTS"
    assert (await workspace(case)).settings_version == before
    assert await is_free(case)


async def test_an_id_that_we_know_already_is_not_taken_twice(case: CaseSetup) -> None:
    known = await case.database.write(
        lambda uow: uow.people.ensure_place(case.client.workspace_id, PLATFORM, "C1CASE").id
    )
    change = partial(place_renamed_id, workspace_id=case.client.workspace_id, platform=PLATFORM, now=NOW)
    await case.database.write(partial(change, old_external_id=CASE, new_external_id="C1CASE"))
    assert (await discussion(case)).place_id == known


async def user_of(case: CaseSetup, person_id: int) -> str:
    found = await case.database.read(lambda uow: uow.people.external_ids([person_id], PLATFORM))
    return found[person_id]


async def leaves(case: CaseSetup, person_id: int) -> None:
    user = await user_of(case, person_id)
    for _ in range(2):
        await case.database.write(
            partial(person_left, workspace_id=case.client.workspace_id, platform=PLATFORM, external_id=user, now=NOW)
        )


async def tasks(case: CaseSetup) -> list[Any]:
    return await case.database.read(lambda uow: uow.flags.open_tasks(case.client.id))


async def test_a_leaver_is_waited_for_no_more_and_the_task_goes_to_the_reviewers(any_case: CaseSetup) -> None:
    case = any_case
    await case.record(severity=4, category="disrespect")
    (task,) = await tasks(case)
    assert task.assignee_id == case.owner.person.id
    await forget_outgoing(case.database)
    await leaves(case, case.owner.person.id)
    people = await case.database.read(lambda uow: uow.discussions.people(1))
    assert people[case.owner.person.id] == "left"
    (handed,) = await tasks(case)
    assert (handed.assignee_id, handed.flag_id, handed.due_on) == (
        case.reviewer.person.id,
        task.flag_id,
        task.due_on,
    )
    waiting = [one.notice for one in await outgoing(case.database)]
    assert waiting == [DiscussionOpening(1), CareTask(handed.id, handed.assignee_id)]


async def test_a_task_of_a_leaving_reviewer_goes_to_the_owner(case: CaseSetup) -> None:
    await case.database.write(lambda uow: uow.clients.change(case.client.id, owner_id=None))
    await case.record(severity=4, category="disrespect")
    await case.database.write(lambda uow: uow.clients.change(case.client.id, owner_id=case.owner.person.id))
    await leaves(case, case.reviewer.person.id)
    assert [task.assignee_id for task in await tasks(case)] == [case.owner.person.id]


async def test_a_task_is_never_about_oneself_and_not_given_twice(case: CaseSetup) -> None:
    await case.database.write(lambda uow: uow.clients.change(case.client.id, owner_id=None))

    def add_reviewers(uow: UnitOfWork) -> None:
        for actor in (case.reporter, case.dealer):
            uow.people.set_roles(actor.person.id, is_reviewer=True, is_admin=False)

    await case.database.write(add_reviewers)
    await case.record(severity=4, category="disrespect")
    asked = {case.reviewer.person.id, case.dealer.person.id}
    assert {task.assignee_id for task in await tasks(case)} == asked
    await leaves(case, case.dealer.person.id)
    assert [task.assignee_id for task in await tasks(case)] == [case.reviewer.person.id]
    await leaves(case, case.reviewer.person.id)
    assert await tasks(case) == []


async def test_a_colleague_can_come_back_and_strangers_are_none(case: CaseSetup) -> None:
    person_id = case.dealer.person.id
    await leaves(case, person_id)
    arguments = {"workspace_id": case.client.workspace_id, "platform": PLATFORM}
    await case.database.write(partial(person_left, external_id="U0NOBODY", now=NOW, **arguments))
    for user in (await user_of(case, person_id), "U0NOBODY"):
        await case.database.write(partial(person_returned, external_id=user, **arguments))
    assert await case.database.read(lambda uow: uow.people.present([person_id])) == {person_id}
