"""What follows from an attempt: nothing is lost, nothing is counted twice, and admins hear of trouble once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.delivery import Delivered, DeliveryOutcome, Obsolete, Reason, Receipt, Refused, RetryLater, Unknown
from bot.domain.model import Level
from bot.domain.notices import AdminTold, AlertCard, DiscussionOpening, FlagReceipt, Notice
from bot.usecases import delivery
from bot.usecases.delivery import (
    ATTEMPTS_MOST,
    LeaseLostError,
    hold_back,
    reconnect,
    record_delivery,
    retry_parked,
)
from bot.usecases.ports import Database, OutboxItem, UnitOfWork
from bot.usecases.ports.delivery import StandingMessage
from storage.database import open_database
from tests.factories import make_client, make_person, make_workspace
from tests.frozen_clock import MONDAY_MORNING, FrozenClock

LEASE = timedelta(seconds=60)
REFUSAL = Refused(Reason.PLACE_SHARED)


class Desk:
    """An outbox with one workspace and one admin, and a hand that claims and records."""

    def __init__(self, database: Database, clock: FrozenClock) -> None:
        self.database = database
        self.clock = clock
        self.workspace_id = 0
        self.admin_id = 0

    async def open(self) -> Desk:
        def set_up(uow: UnitOfWork) -> tuple[int, int]:
            workspace = make_workspace(uow)
            return workspace.id, make_person(uow, workspace, is_admin=True).id

        self.workspace_id, self.admin_id = await self.database.write(set_up)
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
async def desk(sqlite_url: str, clock: FrozenClock) -> AsyncIterator[Desk]:
    """A desk on SQLite: what is decided here does not depend on the database."""
    database = open_database(sqlite_url)
    yield await Desk(database, clock).open()
    await database.close()


@pytest.fixture
async def either_desk(database: Database, clock: FrozenClock) -> Desk:
    """A desk on either database in turn."""
    return await Desk(database, clock).open()


async def test_a_delivered_notice_is_over_and_its_living_message_is_known(either_desk: Desk) -> None:
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
    assert standing == StandingMessage(place.id, "17.000001", "16.000001")
    assert set((await either_desk.counts()).values()) == {0}


async def test_attempts_are_spread_from_a_second_to_an_hour_and_end_after_eight(desk: Desk) -> None:
    await desk.put(AlertCard(1))
    pauses = []
    for _ in range(ATTEMPTS_MOST):
        (item,) = await desk.claim()
        retry_at = await desk.record(item, RetryLater(Reason.PLATFORM_DOWN), jitter=1.0)
        if retry_at is not None:
            pauses.append(retry_at - desk.clock.now())
            desk.clock.move(retry_at - desk.clock.now())
    assert len(pauses) == ATTEMPTS_MOST - 1
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(seconds=1)
    assert pauses[-1] <= timedelta(hours=1)
    assert sum(pauses, timedelta()) > timedelta(minutes=20)
    assert (await desk.counts())["dead"] == 1
    (told,) = await desk.claim()
    assert told.notice == AdminTold(desk.admin_id, "gave_up", "alert:1")


@given(attempts=st.integers(min_value=0, max_value=50), jitter=st.floats(min_value=0, max_value=1))
@pytest.mark.parametrize("outcome", [RetryLater(Reason.PLATFORM_DOWN), Unknown()])
def test_no_pause_is_shorter_than_a_second_or_longer_than_an_hour(
    outcome: RetryLater | Unknown, attempts: int, jitter: float
) -> None:
    pause = delivery._pause(outcome, attempts, jitter)
    assert timedelta(seconds=1) <= pause <= timedelta(hours=1)


async def test_waiting_as_slack_asked_uses_up_no_attempt(desk: Desk) -> None:
    await desk.put(AlertCard(1))
    for _ in range(3 * ATTEMPTS_MOST):
        (item,) = await desk.claim()
        assert item.attempts == 0
        asked = RetryLater(Reason.RATE_LIMITED, timedelta(seconds=7), counts=False)
        retry_at = await desk.record(item, asked, jitter=1.0)
        assert retry_at == desk.clock.now() + timedelta(seconds=7)
        desk.clock.move(timedelta(seconds=7))
    assert (await desk.counts())["pending"] == 1


async def test_an_unknown_outcome_comes_back_as_perhaps_sent_after_a_pause(desk: Desk) -> None:
    retry_at = await desk.record(await desk.claim_one(AlertCard(1)), Unknown())
    assert retry_at >= desk.clock.now() + timedelta(seconds=5)
    desk.clock.move(timedelta(minutes=1))
    (again,) = await desk.claim()
    assert (again.maybe_sent, again.attempts) == (True, 1)
    assert again.first_sent_at == MONDAY_MORNING


async def _told(desk: Desk, *notices: Notice, reason: Reason) -> list[AdminTold]:
    """Refuse notices one after another; returns what admins are told of it, and lets them be told."""
    told = []
    for notice in notices:
        await desk.record(await desk.claim_one(notice), Refused(reason))
        for item in await desk.claim():
            assert isinstance(item.notice, AdminTold)
            told.append(item.notice)
            await desk.record(item, Delivered())
    return told


async def test_a_refusal_is_kept_and_told_to_each_admin_once_a_day(desk: Desk) -> None:
    told = await _told(desk, AlertCard(1), AlertCard(1), AlertCard(2), reason=Reason.PLACE_SHARED)
    assert told == [AdminTold(desk.admin_id, "place_shared", "alert:1")]
    assert await desk.counts() == {"pending": 0, "sending": 0, "parked": 3, "dead": 0}
    desk.clock.move(timedelta(days=1))
    told = await _told(desk, AlertCard(3), reason=Reason.PLACE_SHARED)
    assert told == [AdminTold(desk.admin_id, "place_shared", "alert:3")]


async def test_two_discussions_in_trouble_are_two_things_to_hear_of(desk: Desk) -> None:
    told = await _told(desk, DiscussionOpening(1), DiscussionOpening(2), reason=Reason.PLACE_HAS_GUESTS)
    assert [notice.subject for notice in told] == ["discussion:1", "discussion:2"]


async def test_a_word_to_an_admin_that_cannot_be_said_brings_no_other(desk: Desk) -> None:
    item = await desk.claim_one(AdminTold(desk.admin_id, "place_shared", "alert:1"))
    await desk.record(item, Refused(Reason.PERSON_UNREACHABLE))
    assert await desk.claim() == []
    assert (await desk.counts())["dead"] == 1


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
    desk: Desk, reason: Reason, state: str
) -> None:
    await desk.record(await desk.claim_one(AlertCard(1)), Refused(reason))
    assert (await desk.counts())[state] == 1


async def test_a_refused_token_parks_everything_until_it_is_taken_again(either_desk: Desk) -> None:
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


async def test_an_item_of_a_connected_workspace_is_not_held_back(desk: Desk) -> None:
    item = await desk.claim_one(AlertCard(1))
    assert not await desk.database.write(lambda uow: hold_back(uow, item, desk.clock.now()))


async def test_what_is_parked_is_tried_again_now_and_then(desk: Desk) -> None:
    await desk.record(await desk.claim_one(AlertCard(1)), REFUSAL)
    assert await desk.database.write(lambda uow: retry_parked(uow, desk.clock.now())) == 1
    assert AlertCard(1) in {item.notice for item in await desk.claim()}


@pytest.mark.parametrize("outcome", [Delivered(), Obsolete(), RetryLater(Reason.PLATFORM_DOWN), Unknown(), REFUSAL])
async def test_a_worker_whose_lease_ran_out_changes_nothing(either_desk: Desk, outcome: DeliveryOutcome) -> None:
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
async def test_a_capability_hears_how_its_notice_ended(desk: Desk, outcome: DeliveryOutcome) -> None:
    seen: list[DeliveryOutcome] = []
    await desk.record(await desk.claim_one(AlertCard(1)), outcome, hooks={AlertCard: _hook(False, seen)})
    assert seen == [outcome]


async def test_a_capability_hears_nothing_while_its_notice_is_tried_again(desk: Desk) -> None:
    seen: list[DeliveryOutcome] = []
    await desk.record(await desk.claim_one(AlertCard(1)), Unknown(), hooks={AlertCard: _hook(False, seen)})
    assert seen == []


async def test_a_refusal_that_a_capability_deals_with_is_over_and_nobody_is_told(desk: Desk) -> None:
    await desk.record(await desk.claim_one(FlagReceipt(1, 1)), REFUSAL, hooks={FlagReceipt: _hook(True, [])})
    assert await desk.claim() == []
    assert set((await desk.counts()).values()) == {0}


async def test_without_an_admin_the_reviewers_are_told(desk: Desk) -> None:
    def reviewer(uow: UnitOfWork) -> int:
        uow.people.set_roles(desk.admin_id, is_reviewer=False, is_admin=False)
        return make_person(uow, make_workspace(uow), is_reviewer=True).id

    reviewer_id = await desk.database.write(reviewer)
    await desk.record(await desk.claim_one(AlertCard(1)), REFUSAL)
    (told,) = await desk.claim()
    assert told.notice == AdminTold(reviewer_id, "place_shared", "alert:1")
