"""The relay sends everything once, in order, beside each other, and leaves nothing behind when it stops."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import structlog

from bot.domain.delivery_outcome import Delivered, DeliveryOutcome, Obsolete, Reason, Refused, RetryLater, Unknown
from bot.domain.notices import AdminTold, AlertCard, DiscussionFlag, FlagReceipt, Notice
from bot.relay import Relay
from bot.usecases.outbox_delivery import MAX_ATTEMPTS
from bot.usecases.ports import Database, OutboxItem, UnitOfWork
from bot.usecases.ports.database import DatabaseUnavailableError
from storage.engines.database import open_database
from tests.factories import make_person, make_workspace
from tests.figures import Growth
from tests.frozen_clock import FrozenClock

CANARY = "Bakkerij De Zon"
Answer = DeliveryOutcome | Exception | Callable[[OutboxItem], Awaitable[DeliveryOutcome]]


class Script:
    """A notifier that answers as it is told, and notes what it was given."""

    def __init__(self) -> None:
        self.answers: dict[Notice, Answer] = {}
        self.given: list[OutboxItem] = []
        self.at_once = 0
        self.most_at_once = 0

    async def deliver(self, item: OutboxItem) -> DeliveryOutcome:
        self.given.append(item)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(0)
            answer = self.answers.get(item.notice, Delivered())
            if isinstance(answer, Exception):
                raise answer
            return await answer(item) if callable(answer) else answer
        finally:
            self.at_once -= 1

    @property
    def notices(self) -> list[Notice]:
        return [item.notice for item in self.given]


class CaseSetup:
    """An outbox, a clock and a script."""

    def __init__(self, database: Database, clock: FrozenClock, workspace_id: int, admin_id: int) -> None:
        self.database = database
        self.clock = clock
        self.workspace_id = workspace_id
        self.admin_id = admin_id
        self.script = Script()

    def relay(self, **options: Any) -> Relay:
        options.setdefault("after_delivery", {})
        options.setdefault("jitter", lambda: 0.0)
        return Relay(options.pop("database", self.database), self.script, self.clock, **options)

    async def put(self, *notices: Notice) -> None:
        def put(uow: UnitOfWork) -> None:
            for notice in notices:
                uow.outbox.put(self.workspace_id, notice, self.clock.now())

        await self.database.write(put)

    async def counts(self) -> dict[str, int]:
        return await self.database.read(lambda uow: uow.outbox.counts())

    async def until_quiet(self, relay: Relay, rounds: int = 20) -> None:
        for _ in range(rounds):
            await relay.deliver_due()
            self.clock.move(timedelta(hours=1))


async def _furnished(database: Database, clock: FrozenClock) -> CaseSetup:
    def begun(uow: UnitOfWork) -> tuple[int, int]:
        workspace = make_workspace(uow)
        return workspace.id, make_person(uow, workspace, is_admin=True).id

    return CaseSetup(database, clock, *await database.write(begun))


@pytest.fixture
async def case(sqlite_url: str, clock: FrozenClock) -> AsyncIterator[CaseSetup]:
    """An case on SQLite, for what does not depend on the database."""
    database = open_database(sqlite_url)
    yield await _furnished(database, clock)
    await database.close()


@pytest.fixture
async def either_office(database: Database, clock: FrozenClock) -> CaseSetup:
    """An case on either database in turn."""
    return await _furnished(database, clock)


async def test_a_lane_keeps_its_order_and_lanes_go_side_by_side(either_office: CaseSetup) -> None:
    await either_office.put(*(DiscussionFlag(lane, number) for number in range(4) for lane in range(6)))
    await either_office.relay(at_once=4).deliver_due()
    seen: dict[int, list[int]] = defaultdict(list)
    for notice in either_office.script.notices:
        assert isinstance(notice, DiscussionFlag)
        seen[notice.discussion_id].append(notice.flag_id)
    assert seen == {lane: [0, 1, 2, 3] for lane in range(6)}
    assert 1 < either_office.script.most_at_once <= 4


class Behind:
    """A database on which a claim is answered only after what was under way has ended, as may be on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.claimed = asyncio.Event()

    async def write(self, work: Callable[[UnitOfWork], Any]) -> Any:
        answer = await self._database.write(work)
        under_way = {task for task in asyncio.all_tasks() if task.get_name().startswith("deliver ")}
        if under_way and asyncio.current_task() not in under_way:
            self.claimed.set()
            await asyncio.wait(under_way)
        return answer

    async def read(self, work: Callable[[UnitOfWork], Any]) -> Any:
        return await self._database.read(work)


async def test_what_a_delivery_puts_while_the_relay_looks_is_delivered_as_well(case: CaseSetup) -> None:
    database = Behind(case.database)

    async def outlast_the_look(item: OutboxItem) -> DeliveryOutcome:
        await database.claimed.wait()
        return Delivered()

    def put_another(uow: UnitOfWork, item: OutboxItem, outcome: DeliveryOutcome, now: Any) -> bool:
        uow.outbox.put(item.workspace_id, FlagReceipt(1, 1), now)
        return False

    await case.put(AlertCard(1), DiscussionFlag(2, 1))
    case.script.answers[DiscussionFlag(2, 1)] = outlast_the_look
    await case.relay(database=database, after_delivery={DiscussionFlag: put_another}).deliver_due()
    assert case.script.notices == [AlertCard(1), DiscussionFlag(2, 1), FlagReceipt(1, 1)]


async def test_what_waits_for_another_attempt_holds_up_its_own_lane_only(case: CaseSetup) -> None:
    await case.put(DiscussionFlag(1, 1), DiscussionFlag(1, 2), DiscussionFlag(2, 1))
    case.script.answers[DiscussionFlag(1, 1)] = RetryLater(Reason.PLATFORM_DOWN)
    relay = case.relay()
    await relay.deliver_due()
    assert case.script.notices == [DiscussionFlag(1, 1), DiscussionFlag(2, 1)]
    del case.script.answers[DiscussionFlag(1, 1)]
    case.clock.move(timedelta(seconds=1))
    await relay.deliver_due()
    assert case.script.notices[2:] == [DiscussionFlag(1, 1), DiscussionFlag(1, 2)]


async def test_two_relays_send_everything_once(either_office: CaseSetup) -> None:
    await either_office.put(*(AlertCard(number) for number in range(60)))
    await asyncio.gather(*(either_office.relay(at_once=5).deliver_due() for _ in range(2)))
    assert sorted(str(notice) for notice in either_office.script.notices) == sorted(
        str(AlertCard(number)) for number in range(60)
    )
    assert {item.maybe_sent for item in either_office.script.given} == {False}


async def test_a_notice_that_breaks_its_deliverer_is_given_up_while_others_flow(
    either_office: CaseSetup,
) -> None:
    await either_office.put(AlertCard(1), *(AlertCard(number) for number in range(2, 12)))
    either_office.script.answers[AlertCard(1)] = ValueError(f"cannot render {CANARY}")
    with structlog.testing.capture_logs() as logs:
        await either_office.until_quiet(either_office.relay())
    notices = either_office.script.notices
    assert notices.count(AlertCard(1)) == MAX_ATTEMPTS
    assert all(notices.count(AlertCard(number)) == 1 for number in range(2, 12))
    assert [notice for notice in notices if isinstance(notice, AdminTold)] == [
        AdminTold(either_office.admin_id, "gave_up", "alert:1")
    ]
    assert (await either_office.counts())["dead"] == 1
    failures = [entry for entry in logs if entry["event"] == "delivery_failed"]
    assert len(failures) == MAX_ATTEMPTS
    assert {(entry["error"], bool(entry["reference"])) for entry in failures} == {("ValueError", True)}
    assert CANARY not in str(logs)


class NewerAlertCard(AlertCard, frozen=True):
    """An alert's card as a version to come might put it."""

    tone: str = ""


async def test_what_nobody_can_read_is_told_once_while_others_flow(case: CaseSetup) -> None:
    for number in range(3):
        await case.put(NewerAlertCard(number, "friendly"), FlagReceipt(number, 1))
        await case.relay().deliver_due()
    told = [notice for notice in case.script.notices if isinstance(notice, AdminTold)]
    assert told == [AdminTold(case.admin_id, "unreadable", "notice:alert_card")]
    assert [notice for notice in case.script.notices if isinstance(notice, FlagReceipt)] == [
        FlagReceipt(number, 1) for number in range(3)
    ]
    assert (await case.counts())["dead"] == 3


async def test_a_refusal_is_told_once_and_others_flow(case: CaseSetup) -> None:
    await case.put(*(AlertCard(number) for number in range(100)))
    for number in range(100):
        case.script.answers[AlertCard(number)] = Refused(Reason.PLACE_HAS_GUESTS)
    await case.put(FlagReceipt(1, 1))
    await case.relay().deliver_due()
    told = [notice for notice in case.script.notices if isinstance(notice, AdminTold)]
    assert len(told) == 1
    assert FlagReceipt(1, 1) in case.script.notices
    assert (await case.counts())["parked"] == 100


async def test_an_attempt_without_end_is_cut_off_inside_its_lease(case: CaseSetup) -> None:
    async def hang(item: OutboxItem) -> DeliveryOutcome:
        await asyncio.Event().wait()
        raise AssertionError

    await case.put(AlertCard(1))
    case.script.answers[AlertCard(1)] = hang
    relay = case.relay(attempt_seconds=0.01)
    await relay.deliver_due()
    del case.script.answers[AlertCard(1)]
    case.clock.move(timedelta(minutes=1))
    await relay.deliver_due()
    assert [item.maybe_sent for item in case.script.given] == [False, True]


async def test_a_worker_that_slept_through_its_lease_does_not_end_what_another_took_over(
    either_office: CaseSetup,
) -> None:
    asleep, woken = asyncio.Event(), asyncio.Event()

    async def sleep(item: OutboxItem) -> DeliveryOutcome:
        asleep.set()
        await woken.wait()
        return Refused(Reason.PLACE_GONE)

    await either_office.put(AlertCard(1))
    either_office.script.answers[AlertCard(1)] = sleep
    sleeper = asyncio.create_task(either_office.relay().deliver_due())
    await asleep.wait()
    either_office.clock.move(timedelta(seconds=61))
    del either_office.script.answers[AlertCard(1)]
    await either_office.relay().deliver_due()
    with structlog.testing.capture_logs() as logs:
        woken.set()
        await sleeper
    assert [item.maybe_sent for item in either_office.script.given] == [False, True]
    assert [entry["error"] for entry in logs if entry["event"] == "outcome_not_recorded"] == ["LeaseLostError"]
    assert set((await either_office.counts()).values()) == {0}


async def test_what_a_capability_breaks_afterwards_is_not_lost(either_office: CaseSetup) -> None:
    def broken(uow: UnitOfWork, item: OutboxItem, outcome: DeliveryOutcome, now: Any) -> bool:
        raise ZeroDivisionError

    failures = Growth("failures_total", boundary="relay")
    await either_office.put(AlertCard(1), FlagReceipt(1, 1))
    await either_office.until_quiet(either_office.relay(after_delivery={AlertCard: broken}))
    assert failures() == MAX_ATTEMPTS
    cards = [item for item in either_office.script.given if item.notice == AlertCard(1)]
    assert [item.maybe_sent for item in cards] == [False] + [True] * (MAX_ATTEMPTS - 1)
    assert (await either_office.counts())["dead"] == 1
    assert AdminTold(either_office.admin_id, "gave_up", "alert:1") in either_office.script.notices


class Flaky:
    """A database that fails to write when told."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.fails = 0

    async def write(self, work: Callable[[UnitOfWork], Any]) -> Any:
        if self.fails:
            self.fails -= 1
            raise DatabaseUnavailableError
        return await self._database.write(work)

    async def read(self, work: Callable[[UnitOfWork], Any]) -> Any:
        return await self._database.read(work)


async def test_an_outcome_that_cannot_be_written_comes_back_as_perhaps_sent(case: CaseSetup) -> None:
    flaky = Flaky(case.database)

    async def fail_afterwards(item: OutboxItem) -> DeliveryOutcome:
        flaky.fails = 1
        return Delivered()

    await case.put(AlertCard(1))
    case.script.answers[AlertCard(1)] = fail_afterwards
    await case.relay(database=flaky).deliver_due()
    del case.script.answers[AlertCard(1)]
    case.clock.move(timedelta(seconds=61))
    await case.relay().deliver_due()
    assert [item.maybe_sent for item in case.script.given] == [False, True]


async def test_a_deliverer_that_cannot_read_tries_again_and_nothing_is_counted(case: CaseSetup) -> None:
    await case.put(AlertCard(1))
    case.script.answers[AlertCard(1)] = DatabaseUnavailableError()
    relay = case.relay()
    for _ in range(2 * MAX_ATTEMPTS):
        await relay.deliver_due()
        case.clock.move(timedelta(seconds=5))
    del case.script.answers[AlertCard(1)]
    await relay.deliver_due()
    assert [item.attempts for item in case.script.given] == [0] * (2 * MAX_ATTEMPTS + 1)
    assert {item.maybe_sent for item in case.script.given} == {False}


async def test_a_disconnected_workspace_sends_nothing(case: CaseSetup) -> None:
    await case.put(AlertCard(1), AlertCard(2))
    case.script.answers[AlertCard(1)] = Refused(Reason.APP_DISCONNECTED, "token_revoked")
    await case.relay(at_once=1).deliver_due()
    await case.put(AlertCard(3))
    await case.until_quiet(case.relay())
    assert case.script.notices == [AlertCard(1)]
    assert await case.counts() == {"pending": 0, "sending": 0, "parked": 3, "dead": 0}


async def _given(case: CaseSetup, count: int) -> None:
    async with asyncio.timeout(30):
        while len(case.script.given) < count:  # noqa: ASYNC110 (a running relay reports to nobody)
            await asyncio.sleep(0.001)


async def test_a_woken_relay_sends_at_once_and_again_when_woken_again(case: CaseSetup) -> None:
    relay = case.relay()
    await case.put(AlertCard(1))
    relay.wake()
    await _given(case, 1)
    await case.put(AlertCard(2))
    relay.wake()
    await _given(case, 2)
    await relay.drain()


async def test_what_many_commit_at_once_is_sent_once_and_nothing_but_commits_wakes_the_relay(
    either_office: CaseSetup,
) -> None:
    relay = either_office.relay(at_once=4)
    either_office.database.on_due_notice = relay.wake
    await asyncio.gather(*(either_office.put(AlertCard(number), FlagReceipt(number, 1)) for number in range(40)))
    await _given(either_office, 80)
    await relay.drain()
    sent = [item.notice for item in either_office.script.given]
    assert set(sent) == {notice for number in range(40) for notice in (AlertCard(number), FlagReceipt(number, 1))}
    assert len(sent) == 80
    assert set((await either_office.counts()).values()) == {0}


class Meanwhile:
    """A database on which something happens each time after the relay has looked, and before it knows what it saw."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.looks = 0
        self.after_look: dict[int, Callable[[], Awaitable[None]]] = {}

    async def write(self, work: Callable[[UnitOfWork], Any]) -> Any:
        return await self._database.write(work)

    async def read(self, work: Callable[[UnitOfWork], Any]) -> Any:
        answer = await self._database.read(work)
        self.looks += 1
        if happens := self.after_look.pop(self.looks, None):
            await happens()
        return answer


async def test_what_is_committed_just_after_the_relay_looked_is_sent(either_office: CaseSetup) -> None:
    database = Meanwhile(either_office.database)
    relay = either_office.relay(database=database)
    either_office.database.on_due_notice = relay.wake
    database.after_look[1] = partial(either_office.put, AlertCard(1))
    relay.wake()
    await _given(either_office, 1)
    await relay.drain()
    assert either_office.script.notices == [AlertCard(1)]


async def test_many_commits_while_the_relay_looks_have_it_look_once_more(case: CaseSetup) -> None:
    may_end, looked_again = asyncio.Event(), asyncio.Event()

    async def wait(item: OutboxItem) -> DeliveryOutcome:
        await may_end.wait()
        return Delivered()

    async def put_many() -> None:
        for number in range(10):
            await case.put(AlertCard(number))
            case.script.answers[AlertCard(number)] = wait

    async def note() -> None:
        looked_again.set()

    database = Meanwhile(case.database)
    relay = case.relay(database=database)
    case.database.on_due_notice = relay.wake
    # The second look finds what they put, and the third that nothing is left to begin.
    database.after_look = {1: put_many, 3: note}
    relay.wake()
    await looked_again.wait()
    # Time for as many more looks as there were commits.
    for _ in range(20):
        await case.put()
        await case.counts()
    assert database.looks == 3
    assert len(case.script.given) == 10
    may_end.set()
    await relay.drain()


async def test_a_commit_while_the_relay_is_drained_waits_for_the_next_start(case: CaseSetup) -> None:
    may_end = asyncio.Event()

    async def wait(item: OutboxItem) -> DeliveryOutcome:
        await may_end.wait()
        return Delivered()

    relay = case.relay()
    case.database.on_due_notice = relay.wake
    case.script.answers[AlertCard(1)] = wait
    await case.put(AlertCard(1))
    await _given(case, 1)
    draining = asyncio.create_task(relay.drain())
    await asyncio.sleep(0)
    await case.put(AlertCard(2))
    may_end.set()
    async with asyncio.timeout(30):
        await draining
    await case.put(AlertCard(3))
    assert case.script.notices == [AlertCard(1)]
    assert await case.counts() == {"pending": 2, "sending": 0, "parked": 0, "dead": 0}


async def test_a_relay_without_anything_to_do_does_not_write(case: CaseSetup) -> None:
    flaky = Flaky(case.database)
    flaky.fails = 1
    await case.relay(database=flaky).deliver_due()
    assert flaky.fails == 1


async def test_a_relay_survives_a_database_that_is_away_for_a_moment(case: CaseSetup) -> None:
    flaky = Flaky(case.database)
    flaky.fails = 1
    failures = Growth("failures_total", boundary="relay")
    relay = case.relay(database=flaky)
    await case.put(AlertCard(1))
    relay.wake()
    async with asyncio.timeout(30):
        while flaky.fails:  # noqa: ASYNC110 (a running relay reports to nobody)
            await asyncio.sleep(0.001)
    relay.wake()
    await _given(case, 1)
    await relay.drain()
    assert failures() == 1


async def test_a_drained_relay_finishes_what_is_under_way_and_begins_nothing(case: CaseSetup) -> None:
    may_end = asyncio.Event()

    async def wait(item: OutboxItem) -> DeliveryOutcome:
        await may_end.wait()
        return Delivered()

    await case.put(AlertCard(1), AlertCard(1))
    case.script.answers[AlertCard(1)] = wait
    relay = case.relay()
    relay.wake()
    await _given(case, 1)
    draining = asyncio.create_task(relay.drain())
    await asyncio.sleep(0)
    # A claim that had begun before may still end; only then does the first delivery make room for another.
    while relay._running is not None:  # noqa: ASYNC110 (the relay tells nobody when its loop ends)
        await asyncio.sleep(0)
    may_end.set()
    await draining
    relay.wake()
    assert await case.counts() == {"pending": 1, "sending": 0, "parked": 0, "dead": 0}
    assert len(case.script.given) == 1


async def test_what_does_not_end_in_time_is_handed_back_as_perhaps_sent(case: CaseSetup) -> None:
    async def wait(item: OutboxItem) -> DeliveryOutcome:
        await asyncio.Event().wait()
        raise AssertionError

    await case.put(AlertCard(1))
    case.script.answers[AlertCard(1)] = wait
    relay = case.relay()
    relay.wake()
    await _given(case, 1)
    await relay.drain(seconds=0.01)
    assert (await case.counts())["pending"] == 1
    del case.script.answers[AlertCard(1)]
    case.clock.move(timedelta(minutes=1))
    await case.relay().deliver_due()
    assert [item.maybe_sent for item in case.script.given] == [False, True]


async def test_a_relay_that_never_started_drains_at_once(case: CaseSetup) -> None:
    await case.relay().drain()


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        (Delivered(), "Delivered"),
        (Obsolete(), "Obsolete"),
        (RetryLater(Reason.PLATFORM_DOWN), "RetryLater"),
        (Refused(Reason.PLACE_GONE), "Refused"),
        (Unknown(), "Unknown"),
        (ZeroDivisionError(), "Unknown"),
    ],
)
async def test_an_attempt_is_counted_by_its_kind_and_by_what_came_of_it(
    case: CaseSetup, answer: Answer, name: str
) -> None:
    outcomes = ("Delivered", "Obsolete", "RetryLater", "Refused", "Unknown")
    attempts = {outcome: Growth("deliveries_total", kind="alert_card", outcome=outcome) for outcome in outcomes}
    failures = Growth("failures_total", boundary="relay")
    case.script.answers[AlertCard(1)] = answer
    await case.put(AlertCard(1), FlagReceipt(1, 1))
    await case.relay().deliver_due()
    assert {outcome: growth() for outcome, growth in attempts.items()} == dict.fromkeys(outcomes, 0) | {name: 1}
    assert failures() == isinstance(answer, Exception)


async def test_unknown_outcomes_are_not_retried_blindly_for_ever(case: CaseSetup) -> None:
    await case.put(AlertCard(1))
    case.script.answers[AlertCard(1)] = Unknown()
    await case.until_quiet(case.relay())
    assert case.script.notices.count(AlertCard(1)) == MAX_ATTEMPTS
