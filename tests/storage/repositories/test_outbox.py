"""Notices on their way, on both databases alike."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.delivery_outcome import Delivered, DeliveryOutcome, Obsolete, Reason, Refused, RetryLater, Unknown
from bot.domain.notices import AdminTold, AlertCard, FlagReceipt, Notice
from bot.usecases.ports.database import UnitOfWork
from bot.usecases.ports.outbox import OutboxItem, StuckNotice
from storage.engines.postgres import PostgresDatabase
from storage.engines.sqlite import SqliteDatabase
from tests.factories import make_workspace
from tests.frozen_clock import MONDAY_MORNING

AnyDatabase = SqliteDatabase | PostgresDatabase
LEASE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
NOW = MONDAY_MORNING

FIRST, SECOND_ONE, THIRD = (FlagReceipt(flag_id=number, person_id=7) for number in (1, 2, 3))
ELSEWHERE = FlagReceipt(flag_id=1, person_id=8)


def put(uow: UnitOfWork, *notices: Notice) -> int:
    """Put notices into the outbox of a workspace, and return its id."""
    workspace = make_workspace(uow)
    for notice in notices:
        uow.outbox.put(workspace.id, notice, NOW)
    return workspace.id


def claim(uow: UnitOfWork, at: timedelta = timedelta(0), limit: int = 10) -> list[OutboxItem]:
    return uow.outbox.claim(NOW + at, limit, LEASE)


def claimed(uow: UnitOfWork, at: timedelta = timedelta(0), limit: int = 10) -> list[Notice]:
    return [item.notice for item in claim(uow, at, limit)]


async def test_one_dead_letter_is_settled_and_the_others_stay(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace_id = put(uow, AlertCard(1), AlertCard(2))
        first, second = claim(uow)
        uow.outbox.kill(first, NOW, "gave_up", "")
        uow.outbox.kill(second, NOW + SECOND, "refused", "odd_error")
        assert uow.outbox.stuck(workspace_id + 1) == []
        assert uow.outbox.stuck(workspace_id) == [
            StuckNotice(first.intent, "alert_card", "alert:1", NOW, NOW, 0, "gave_up", ""),
            StuckNotice(second.intent, "alert_card", "alert:2", NOW, NOW + SECOND, 0, "refused", "odd_error"),
        ]
        assert uow.outbox.revive(workspace_id, NOW, "no such intent") == 0
        assert uow.outbox.revive(workspace_id + 1, NOW, first.intent) == 0
        assert uow.outbox.revive(workspace_id, NOW, first.intent) == 1
        assert claimed(uow) == [AlertCard(1)]
        assert uow.outbox.discard(workspace_id, NOW, first.intent) == 0
        assert uow.outbox.discard(workspace_id, NOW, second.intent) == 1
        assert uow.outbox.stuck(workspace_id) == []

    await database.write(story)


async def test_a_claimed_notice_is_what_was_put(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        intent = uow.outbox.put(workspace.id, FIRST, NOW)
        (item,) = claim(uow)
        assert item == OutboxItem(
            intent=intent,
            workspace_id=workspace.id,
            notice=FIRST,
            attempts=0,
            maybe_sent=False,
            first_sent_at=NOW,
            lease_token=item.lease_token,
            due_at=NOW,
        )
        assert claim(uow) == []

    await database.write(story)


async def test_a_lane_gives_out_one_at_a_time_in_the_order_of_putting(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        put(uow, FIRST, SECOND_ONE, ELSEWHERE, THIRD)
        first, elsewhere = claim(uow)
        assert (first.notice, elsewhere.notice) == (FIRST, ELSEWHERE)
        assert claim(uow) == []
        assert uow.outbox.finish(first, Delivered(), NOW, retry_at=None)
        assert claimed(uow) == [SECOND_ONE]

    await database.write(story)


async def test_workspaces_do_not_wait_for_each_other(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        for name in ("T1", "T2"):
            uow.outbox.put(make_workspace(uow, name).id, FIRST, NOW)
        assert claimed(uow) == [FIRST, FIRST]

    await database.write(story)


async def test_a_notice_waits_for_its_moment_and_its_lane_with_it(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        uow.outbox.put(workspace.id, FIRST, NOW, due_at=NOW + SECOND)
        uow.outbox.put(workspace.id, SECOND_ONE, NOW)
        assert claim(uow) == []
        assert uow.outbox.oldest_due(NOW) == NOW
        assert claimed(uow, SECOND) == [FIRST]

    await database.write(story)


async def test_no_more_than_the_limit_comes_earliest_first(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        for alert, seconds in ((1, 3), (2, 1), (3, 2)):
            uow.outbox.put(workspace.id, AlertCard(alert), NOW, due_at=NOW + seconds * SECOND)
        assert claimed(uow, 3 * SECOND, limit=2) == [AlertCard(2), AlertCard(3)]

    await database.write(story)


async def test_a_lease_that_ran_out_comes_back_as_maybe_sent(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        put(uow, FIRST)
        (lost,) = claim(uow)
        assert claim(uow, LEASE - SECOND) == []
        (again,) = claim(uow, LEASE)
        assert again.intent == lost.intent
        assert again.lease_token != lost.lease_token
        assert again.maybe_sent
        assert again.attempts == 1
        assert again.first_sent_at == NOW
        # Whoever woke up too late must not write over what the other one does.
        assert not uow.outbox.finish(lost, Delivered(), NOW, retry_at=None)
        assert not uow.outbox.kill(lost, NOW, "reason", "code")
        assert not uow.outbox.park(lost, NOW, "reason", "code")
        assert uow.outbox.finish(again, Delivered(), NOW, retry_at=None)
        assert not uow.outbox.finish(again, Delivered(), NOW, retry_at=None)

    await database.write(story)


@pytest.mark.parametrize(
    ("outcome", "attempts", "maybe_sent"),
    [
        (RetryLater(Reason.PLATFORM_DOWN), 1, False),
        (RetryLater(Reason.RATE_LIMITED, counts=False), 0, False),
        (Unknown(), 1, True),
    ],
)
async def test_another_attempt_comes_at_its_time(
    database: AnyDatabase, outcome: DeliveryOutcome, attempts: int, maybe_sent: bool
) -> None:
    def story(uow: UnitOfWork) -> None:
        put(uow, FIRST, SECOND_ONE)
        (item,) = claim(uow)
        assert uow.outbox.finish(item, outcome, NOW, retry_at=NOW + SECOND)
        assert claim(uow) == []
        (again,) = claim(uow, SECOND)
        assert (again.notice, again.attempts, again.maybe_sent) == (FIRST, attempts, maybe_sent)

    await database.write(story)


async def test_doubt_stays_until_it_is_resolved(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        put(uow, FIRST)
        (item,) = claim(uow)
        uow.outbox.finish(item, Unknown(), NOW, retry_at=NOW)
        (again,) = claim(uow)
        uow.outbox.finish(again, RetryLater(Reason.RATE_LIMITED), NOW, retry_at=NOW)
        (last,) = claim(uow)
        assert last.maybe_sent
        assert last.attempts == 2

    await database.write(story)


@pytest.mark.parametrize(
    ("outcome", "dead"),
    [
        (Delivered(), 0),
        (Obsolete(), 0),
        (Refused(Reason.PLACE_GONE, "channel_not_found"), 1),
        (RetryLater(Reason.PLATFORM_DOWN), 1),
        (Unknown(), 1),
    ],
)
async def test_without_another_attempt_it_is_over(database: AnyDatabase, outcome: DeliveryOutcome, dead: int) -> None:
    def story(uow: UnitOfWork) -> None:
        put(uow, FIRST, SECOND_ONE)
        (item,) = claim(uow)
        assert uow.outbox.finish(item, outcome, NOW, retry_at=None)
        assert uow.outbox.counts() == {"pending": 1, "sending": 0, "parked": 0, "dead": dead}
        assert claimed(uow) == [SECOND_ONE]

    await database.write(story)


async def test_what_is_parked_waits_for_a_person(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace_id = put(uow, FIRST)
        (item,) = claim(uow)
        assert uow.outbox.park(item, NOW, "scope_missing", "missing_scope")
        assert claim(uow, timedelta(days=9)) == []
        assert uow.outbox.counts()["parked"] == 1
        assert uow.outbox.unpark(workspace_id + 1, NOW) == 0
        assert uow.outbox.unpark(workspace_id, NOW + SECOND) == 1
        assert claim(uow) == []
        assert claimed(uow, SECOND) == [FIRST]

    await database.write(story)


async def test_a_dead_letter_can_be_revived_or_let_go(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace_id = put(uow, FIRST)
        (item,) = claim(uow)
        uow.outbox.finish(item, Unknown(), NOW, retry_at=NOW)
        (item,) = claim(uow)
        uow.outbox.kill(item, NOW, "gave_up", "")
        assert uow.outbox.revive(workspace_id + 1, NOW) == 0
        assert uow.outbox.revive(workspace_id, NOW) == 1
        (revived,) = claim(uow)
        assert (revived.notice, revived.attempts, revived.maybe_sent) == (FIRST, 0, True)

        uow.outbox.kill(revived, NOW, "gave_up", "")
        assert uow.outbox.discard(workspace_id, NOW) == 1
        assert uow.outbox.revive(workspace_id, NOW) == 0
        assert uow.outbox.counts() == dict.fromkeys(("pending", "sending", "parked", "dead"), 0)

    await database.write(story)


async def test_an_equal_notice_is_put_once_while_it_waits(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        for notice in (AlertCard(1), AlertCard(1), AlertCard(2), AdminTold(1, "place_gone", "alert:1")):
            uow.outbox.put_once(workspace.id, notice, NOW)
        items = claim(uow)
        assert [item.notice for item in items] == [AlertCard(1), AlertCard(2), AdminTold(1, "place_gone", "alert:1")]
        # The one on its way may have been drawn before the change: another has to follow it.
        uow.outbox.put_once(workspace.id, AlertCard(1), NOW)
        uow.outbox.finish(items[0], Delivered(), NOW, retry_at=None)
        assert claimed(uow) == [AlertCard(1)]

    await database.write(story)


async def test_what_waits_in_a_lane_can_be_brought_forward_never_back(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        for alert in (1, 2):
            uow.outbox.put(workspace.id, AlertCard(alert), NOW, due_at=NOW + 5 * SECOND)
        uow.outbox.hasten(workspace.id, "alert:1", NOW + SECOND)
        uow.outbox.hasten(workspace.id, "alert:1", NOW + 9 * SECOND)
        assert claimed(uow, SECOND) == [AlertCard(1)]

    await database.write(story)


async def test_what_waits_can_be_dropped_by_kind_but_not_what_may_be_out(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace_id = put(uow, FIRST)
        (item,) = claim(uow)
        uow.outbox.finish(item, Unknown(), NOW, retry_at=NOW)
        for notice in (SECOND_ONE, AdminTold(7, "place_gone", "alert:1"), ELSEWHERE):
            uow.outbox.put(workspace_id, notice, NOW)
        assert uow.outbox.cancel(workspace_id, "person:7", ("flag_receipt",)) == 1
        assert uow.outbox.counts()["pending"] == 3

    await database.write(story)


async def test_the_oldest_that_should_be_out_is_known(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        assert uow.outbox.oldest_due(NOW) is None
        workspace = make_workspace(uow)
        uow.outbox.put(workspace.id, AlertCard(1), NOW, due_at=NOW + 2 * SECOND)
        uow.outbox.put(workspace.id, AlertCard(2), NOW, due_at=NOW + SECOND)
        assert uow.outbox.oldest_due(NOW) is None
        assert uow.outbox.oldest_due(NOW + 9 * SECOND) == NOW + SECOND
        assert uow.outbox.next_due(NOW) == NOW + SECOND
        assert uow.outbox.next_due(NOW + SECOND) == NOW + 2 * SECOND
        assert uow.outbox.next_due(NOW + 2 * SECOND) is None

    await database.write(story)


async def test_what_was_delivered_long_ago_is_forgotten_and_nothing_else(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        put(uow, *(AlertCard(number) for number in range(4)))
        delivered, obsolete, dead, _ = claim(uow)
        uow.outbox.finish(delivered, Delivered(), NOW, retry_at=None)
        uow.outbox.finish(obsolete, Obsolete(), NOW + SECOND, retry_at=None)
        uow.outbox.kill(dead, NOW, "gave_up", "")
        assert uow.outbox.prune(NOW) == 0
        assert uow.outbox.prune(NOW + SECOND) == 1
        assert uow.outbox.prune(NOW + 2 * SECOND) == 1
        assert uow.outbox.counts() == {"pending": 0, "sending": 1, "parked": 0, "dead": 1}

    await database.write(story)
