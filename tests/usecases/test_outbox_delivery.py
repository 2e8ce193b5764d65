"""What follows from an attempt: nothing is lost, nothing is counted twice, and admins hear of trouble once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.delivery_outcome import (
    Delivered,
    DeliveryOutcome,
    Obsolete,
    Postponed,
    Reason,
    Receipt,
    Refused,
    RetryLater,
    Unknown,
)
from bot.domain.model import Level
from bot.domain.notices import (
    AdminTold,
    AlertCard,
    DebriefAnnouncement,
    DebriefCalendar,
    DiscussionOpening,
    FlagReceipt,
    Notice,
)
from bot.usecases import outbox_delivery
from bot.usecases.outbox_delivery import (
    MAX_ATTEMPTS,
    LeaseLostError,
    hold_back,
    reconnect,
    record_delivery,
    retry_parked,
)
from bot.usecases.ports import Database, OutboxItem, UnitOfWork
from bot.usecases.ports.outbox import TrackedMessage
from storage.engines.database import open_database
from tests.factories import make_client, make_person, make_workspace
from tests.frozen_clock import MONDAY_MORNING, FrozenClock

LEASE = timedelta(seconds=60)
REFUSAL = Refused(Reason.PLACE_SHARED)


class Setup:
    """An outbox with one workspace and one admin, and a hand that claims and records."""

    def __init__(self, database: Database, clock: FrozenClock) -> None:
        self.database = database
        self.clock = clock
        self.workspace_id = 0
        self.admin_id = 0

    async def open(self) -> Setup:
        def begun(uow: UnitOfWork) -> tuple[int, int]:
            workspace = make_workspace(uow)
            return workspace.id, make_person(uow, workspace, is_admin=True).id

        self.workspace_id, self.admin_id = await self.database.write(begun)
        return self

    async def put(self, notice: Notice) -> None:
        await self.database.write(lambda uow: uow.outbox.put(self.workspace_id, notice, self.clock.now()))

    async def claim(self) -> list[OutboxItem]:
        return await self.database.write(lambda uow: uow.outbox.claim(self.clock.now(), 10, LEASE))

    async def claim_one(self, notice: Notice) -> OutboxItem:
        await self.put(notice)
        (item,) = await self.claim()
        return item

    async def record(self, item: OutboxItem, outcome: DeliveryOutcome, **hooks: Any) -> Any:
        return await self.database.write(
            lambda uow: record_delivery(
                uow, item, outcome, self.clock.now(), hooks=hooks.get("hooks", {}), jitter=hooks.get("jitter", 0.0)
            )
        )

    async def counts(self) -> dict[str, int]:
        return await self.database.read(lambda uow: uow.outbox.counts())


@pytest.fixture
async def setup(sqlite_url: str, clock: FrozenClock) -> AsyncIterator[Setup]:
    """A setup on SQLite: what is decided here does not depend on the database."""
    database = open_database(sqlite_url)
    yield await Setup(database, clock).open()
    await database.close()


@pytest.fixture
async def either_desk(database: Database, clock: FrozenClock) -> Setup:
    """A setup on either database in turn."""
    return await Setup(database, clock).open()


async def test_a_delivered_notice_is_over_and_its_living_message_is_known(either_desk: Setup) -> None:
    def warn(uow: UnitOfWork) -> None:
        client = make_client(uow, uow.people.workspace(either_desk.workspace_id))
        now = either_desk.clock.now()
        uow.alerts.raise_(client.workspace_id, client.id, Level.WATCH, "score", {}, raised_at=now, post_at=now)

    await either_desk.database.write(warn)
    item = await either_desk.claim_one(AlertCard(1))
    receipt = Receipt("C1", "17.000001", {"subject": "alert:1", "thread": "16.000001"})
    assert await either_desk.record(item, Delivered(receipt)) is None
    workspace_id, read = either_desk.workspace_id, either_desk.database.read
    place = await read(lambda uow: uow.people.place_by_external(workspace_id, "slack", "C1"))
    assert place is not None
    standing = await read(lambda uow: uow.messages.find(workspace_id, "alert:1"))
    assert standing == TrackedMessage(place.id, "17.000001", "16.000001")
    assert set((await either_desk.counts()).values()) == {0}


async def test_attempts_are_spread_from_a_second_to_an_hour_and_end_after_eight(setup: Setup) -> None:
    await setup.put(AlertCard(1))
    pauses = []
    for _ in range(MAX_ATTEMPTS):
        (item,) = await setup.claim()
        retry_at = await setup.record(item, RetryLater(Reason.PLATFORM_DOWN), jitter=1.0)
        if retry_at is not None:
            pauses.append(retry_at - setup.clock.now())
            setup.clock.move(retry_at - setup.clock.now())
    assert len(pauses) == MAX_ATTEMPTS - 1
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(seconds=1)
    assert pauses[-1] <= timedelta(hours=1)
    assert sum(pauses, timedelta()) > timedelta(minutes=20)
    assert (await setup.counts())["dead"] == 1
    (told,) = await setup.claim()
    assert told.notice == AdminTold(setup.admin_id, "gave_up", "alert:1")


@given(attempts=st.integers(min_value=0, max_value=50), jitter=st.floats(min_value=0, max_value=1))
@pytest.mark.parametrize("outcome", [RetryLater(Reason.PLATFORM_DOWN), Unknown()])
def test_no_pause_is_shorter_than_a_second_or_longer_than_an_hour(
    outcome: RetryLater | Unknown, attempts: int, jitter: float
) -> None:
    pause = outbox_delivery._pause(outcome, attempts, jitter)
    assert timedelta(seconds=1) <= pause <= timedelta(hours=1)


async def test_waiting_as_slack_asked_uses_up_no_attempt(setup: Setup) -> None:
    await setup.put(AlertCard(1))
    for _ in range(3 * MAX_ATTEMPTS):
        (item,) = await setup.claim()
        assert item.attempts == 0
        asked = RetryLater(Reason.RATE_LIMITED, timedelta(seconds=7), counts=False)
        retry_at = await setup.record(item, asked, jitter=1.0)
        assert retry_at == setup.clock.now() + timedelta(seconds=7)
        setup.clock.move(timedelta(seconds=7))
    assert (await setup.counts())["pending"] == 1


async def test_what_is_postponed_waits_for_its_moment_and_uses_up_no_attempt(either_desk: Setup) -> None:
    await either_desk.put(AlertCard(1))
    for _ in range(MAX_ATTEMPTS + 1):
        (item,) = await either_desk.claim()
        assert (item.attempts, item.maybe_sent) == (0, False)
        until = either_desk.clock.now() + timedelta(hours=13, seconds=7)
        assert await either_desk.record(item, Postponed(until), jitter=1.0) == until
        either_desk.clock.move(timedelta(hours=13, seconds=6))
        assert await either_desk.claim() == []
        either_desk.clock.move(timedelta(seconds=1))
    assert (await either_desk.counts())["pending"] == 1


async def test_an_unknown_outcome_comes_back_as_perhaps_sent_after_a_pause(setup: Setup) -> None:
    retry_at = await setup.record(await setup.claim_one(AlertCard(1)), Unknown())
    assert retry_at >= setup.clock.now() + timedelta(seconds=5)
    setup.clock.move(timedelta(minutes=1))
    (again,) = await setup.claim()
    assert (again.maybe_sent, again.attempts) == (True, 1)
    assert again.first_sent_at == MONDAY_MORNING


async def _told(setup: Setup, *notices: Notice, reason: Reason) -> list[AdminTold]:
    """Refuse notices one after another; returns what admins are told of it, and lets them be told."""
    told = []
    for notice in notices:
        await setup.record(await setup.claim_one(notice), Refused(reason))
        for item in await setup.claim():
            assert isinstance(item.notice, AdminTold)
            told.append(item.notice)
            await setup.record(item, Delivered())
    return told


async def test_a_refusal_is_kept_and_told_to_each_admin_once_a_day(setup: Setup) -> None:
    for_alerts = (AlertCard(1), AlertCard(1), AlertCard(2), DebriefAnnouncement(1), DebriefCalendar(2, 0))
    told = await _told(setup, *for_alerts, reason=Reason.PLACE_SHARED)
    assert told == [AdminTold(setup.admin_id, "place_shared", "alert:1")]
    assert await setup.counts() == {"pending": 0, "sending": 0, "parked": 5, "dead": 0}
    setup.clock.move(timedelta(days=1))
    told = await _told(setup, AlertCard(3), reason=Reason.PLACE_SHARED)
    assert told == [AdminTold(setup.admin_id, "place_shared", "alert:3")]


async def test_two_discussions_in_trouble_are_two_things_to_hear_of(setup: Setup) -> None:
    told = await _told(setup, DiscussionOpening(1), DiscussionOpening(2), reason=Reason.PLACE_HAS_GUESTS)
    assert [notice.subject for notice in told] == ["discussion:1", "discussion:2"]


async def test_a_word_to_an_admin_that_cannot_be_said_brings_no_other(setup: Setup) -> None:
    item = await setup.claim_one(AdminTold(setup.admin_id, "place_shared", "alert:1"))
    await setup.record(item, Refused(Reason.PERSON_UNREACHABLE))
    assert await setup.claim() == []
    assert (await setup.counts())["dead"] == 1


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        (Reason.PLACE_SHARED, "parked"),
        (Reason.PLACE_UNSET, "parked"),
        (Reason.SCOPE_MISSING, "parked"),
        (Reason.REFUSED, "parked"),
        (Reason.OUTCOME_UNKNOWN, "dead"),
        (Reason.PERSON_UNREACHABLE, "dead"),
    ],
)
async def test_what_can_be_put_right_is_parked_and_what_cannot_is_a_dead_letter(
    setup: Setup, reason: Reason, state: str
) -> None:
    await setup.record(await setup.claim_one(AlertCard(1)), Refused(reason))
    assert (await setup.counts())[state] == 1


async def test_a_refused_token_parks_everything_until_it_is_taken_again(either_desk: Setup) -> None:
    refused = Refused(Reason.APP_DISCONNECTED, "token_revoked")
    await either_desk.record(await either_desk.claim_one(AlertCard(1)), refused)
    item = await either_desk.claim_one(AlertCard(2))
    workspace_id, now, write = either_desk.workspace_id, either_desk.clock.now(), either_desk.database.write
    assert await write(lambda uow: hold_back(uow, item, now))
    assert await either_desk.counts() == {"pending": 0, "sending": 0, "parked": 2, "dead": 0}
    assert await write(lambda uow: retry_parked(uow, now)) == 0
    assert await write(lambda uow: reconnect(uow, workspace_id, now)) == 2
    assert await write(lambda uow: reconnect(uow, workspace_id, now)) == 0
    assert {item.notice for item in await either_desk.claim()} == {AlertCard(1), AlertCard(2)}


async def test_an_item_of_a_connected_workspace_is_not_held_back(setup: Setup) -> None:
    item = await setup.claim_one(AlertCard(1))
    assert not await setup.database.write(lambda uow: hold_back(uow, item, setup.clock.now()))


async def test_what_is_parked_is_tried_again_now_and_then(setup: Setup) -> None:
    await setup.record(await setup.claim_one(AlertCard(1)), REFUSAL)
    assert await setup.database.write(lambda uow: retry_parked(uow, setup.clock.now())) == 1
    assert AlertCard(1) in {item.notice for item in await setup.claim()}


@pytest.mark.parametrize("outcome", [Delivered(), Obsolete(), RetryLater(Reason.PLATFORM_DOWN), Unknown(), REFUSAL])
async def test_a_worker_whose_lease_ran_out_changes_nothing(either_desk: Setup, outcome: DeliveryOutcome) -> None:
    zombie = await either_desk.claim_one(AlertCard(1))
    either_desk.clock.move(LEASE)
    (item,) = await either_desk.claim()
    seen = []

    def hook(uow: UnitOfWork, item: OutboxItem, outcome: DeliveryOutcome, now: Any) -> bool:
        seen.append(outcome)
        uow.people.ensure_place(item.workspace_id, "slack", "C0TRACE")
        return False

    with pytest.raises(LeaseLostError):
        await either_desk.record(zombie, outcome, hooks={AlertCard: hook})
    traces = either_desk.database.read(
        lambda uow: uow.people.place_by_external(either_desk.workspace_id, "slack", "C0TRACE")
    )
    assert await traces is None
    assert await either_desk.record(item, Delivered()) is None
    assert await either_desk.claim() == []


def _hook(answer: bool, seen: list[DeliveryOutcome]) -> Callable[..., bool]:
    def hook(uow: UnitOfWork, item: OutboxItem, outcome: DeliveryOutcome, now: Any) -> bool:
        seen.append(outcome)
        return answer

    return hook


@pytest.mark.parametrize("outcome", [Delivered(), Obsolete(), REFUSAL])
async def test_a_capability_hears_how_its_notice_ended(setup: Setup, outcome: DeliveryOutcome) -> None:
    seen: list[DeliveryOutcome] = []
    await setup.record(await setup.claim_one(AlertCard(1)), outcome, hooks={AlertCard: _hook(False, seen)})
    assert seen == [outcome]


async def test_a_capability_hears_nothing_while_its_notice_is_tried_again(setup: Setup) -> None:
    seen: list[DeliveryOutcome] = []
    await setup.record(await setup.claim_one(AlertCard(1)), Unknown(), hooks={AlertCard: _hook(False, seen)})
    assert seen == []


async def test_a_refusal_that_a_capability_deals_with_is_over_and_nobody_is_told(setup: Setup) -> None:
    await setup.record(await setup.claim_one(FlagReceipt(1, 1)), REFUSAL, hooks={FlagReceipt: _hook(True, [])})
    assert await setup.claim() == []
    assert set((await setup.counts()).values()) == {0}


async def test_without_an_admin_the_reviewers_are_told(setup: Setup) -> None:
    def reviewer(uow: UnitOfWork) -> int:
        uow.people.set_roles(setup.admin_id, is_reviewer=False, is_admin=False)
        return make_person(uow, make_workspace(uow), is_reviewer=True).id

    reviewer_id = await setup.database.write(reviewer)
    await setup.record(await setup.claim_one(AlertCard(1)), REFUSAL)
    (told,) = await setup.claim()
    assert told.notice == AdminTold(reviewer_id, "place_shared", "alert:1")
