"""The clock looks at what is due, and nothing that goes wrong in one tick stops the next."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import structlog

from bot import scheduler
from bot.domain.delivery_outcome import Delivered, DeliveryOutcome
from bot.domain.notices import AlertCard, FlagReceipt, Notice
from bot.relay import Relay
from bot.scheduler import DUE_AT_ONCE, Job, Scheduler, Ticker
from bot.usecases.calendar import HolidayCalendar
from bot.usecases.ports import Database, OutboxItem, UnitOfWork
from storage.engines.database import open_database
from tests.factories import make_workspace
from tests.figures import Growth, figure
from tests.frozen_clock import FrozenClock

CANARY = "Bakkerij De Zon"


class Sent:
    """A notifier that only notes what it was given."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []
        self.arrived = asyncio.Event()

    async def deliver(self, item: OutboxItem) -> DeliveryOutcome:
        self.notices.append(item.notice)
        self.arrived.set()
        return Delivered()


class Works:
    """A scheduler over a real database, and what it did."""

    def __init__(self, database: Database, clock: FrozenClock) -> None:
        self.database = database
        self.clock = clock
        self.sent = Sent()
        self.relay = Relay(database, self.sent, clock, after_delivery={}, jitter=lambda: 0.0)
        self.refreshed = 0
        self.scheduler = Scheduler(
            database, clock, self.relay, {"note": self._note}, HolidayCalendar, refresh=self._refresh
        )

    def _note(self, uow: UnitOfWork, item: Any, workspace: Any, now: Any, calendar: Any) -> None:
        if item.subject == "broken":
            raise ValueError(CANARY)
        uow.outbox.put(workspace.id, FlagReceipt(int(item.subject), int(item.subject)), now)

    async def _refresh(self) -> None:
        self.refreshed += 1

    async def put(self, *subjects: str) -> None:
        def put(uow: UnitOfWork) -> None:
            workspace = make_workspace(uow)
            for subject in subjects:
                uow.due.put(workspace.id, "note", subject, self.clock.now())

        await self.database.write(put)


@pytest.fixture
async def works(sqlite_url: str, clock: FrozenClock) -> AsyncIterator[Works]:
    """A scheduler on SQLite: nothing here depends on the database."""
    database = open_database(sqlite_url)
    yield Works(database, clock)
    await database.close()


async def test_everything_that_is_due_is_done_in_batches_and_sent(works: Works) -> None:
    count = 2 * DUE_AT_ONCE + 7
    await works.put(*map(str, range(count)))
    await works.scheduler.do_what_is_due()
    assert await works.database.read(lambda uow: uow.due.next_at()) is None
    await works.relay.deliver_due()
    await works.relay.drain()
    assert len(works.sent.notices) == count


async def test_a_row_that_fails_is_reported_without_its_text_and_the_rest_is_done(works: Works) -> None:
    await works.put("1", "broken", "2")
    with structlog.testing.capture_logs() as logs:
        await works.scheduler.do_what_is_due()
    await works.relay.deliver_due()
    await works.relay.drain()
    assert sorted(map(str, works.sent.notices)) == [str(FlagReceipt(1, 1)), str(FlagReceipt(2, 2))]
    assert [(entry["error"], entry["kind"]) for entry in logs if entry["event"] == "due_failed"] == [
        ("ValueError", "note")
    ]
    assert CANARY not in str(logs)


async def test_nothing_due_means_nothing_written(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    async def write(work: Any) -> Any:
        raise AssertionError

    monkeypatch.setattr(works.database, "write", write)
    await works.scheduler.do_what_is_due()


async def test_what_is_parked_is_sent_again(works: Works) -> None:
    def park(uow: UnitOfWork) -> None:
        now = works.clock.now()
        uow.outbox.put(make_workspace(uow).id, FlagReceipt(1, 1), now)
        (item,) = uow.outbox.claim(now, 1, timedelta(minutes=1))
        assert uow.outbox.park(item, now, "place_shared", "")

    await works.database.write(park)
    await works.scheduler.retry_parked()
    await works.relay.deliver_due()
    await works.relay.drain()
    assert works.sent.notices == [FlagReceipt(1, 1)]


async def test_what_was_over_long_ago_is_forgotten(works: Works) -> None:
    def accept(uow: UnitOfWork) -> bool:
        return uow.inbox.accept(make_workspace(uow).id, "key", "hash", works.clock.now())

    assert await works.database.write(accept)
    works.clock.move(timedelta(days=7))
    await works.scheduler.prune()
    assert not await works.database.write(accept)
    works.clock.move(timedelta(seconds=1))
    await works.scheduler.prune()
    assert await works.database.write(accept)


STATES = ("pending", "sending", "parked", "dead")


def in_the_outbox() -> dict[str, float]:
    """How many notices the figures say are in each state."""
    return {state: figure("outbox_items", state=state) for state in STATES}


async def test_the_outbox_is_measured(works: Works) -> None:
    def fill(uow: UnitOfWork) -> None:
        now, workspace_id = works.clock.now(), make_workspace(uow).id
        for number in range(6):
            uow.outbox.put(workspace_id, AlertCard(number), now)
        items = uow.outbox.claim(now, 6, timedelta(minutes=10))
        for item in items[:2]:
            uow.outbox.park(item, now, "place_shared", "")
        for item in items[2:5]:
            uow.outbox.kill(item, now, "gave_up", "")
        for number in range(4):
            uow.outbox.put(workspace_id, FlagReceipt(number, 1), now + timedelta(seconds=number))
        uow.outbox.put(workspace_id, FlagReceipt(5, 1), now, due_at=now + timedelta(hours=1))

    await works.database.write(fill)
    works.clock.move(timedelta(seconds=90))
    await works.scheduler.collect_metrics()
    assert in_the_outbox() == {"pending": 5, "sending": 1, "parked": 2, "dead": 3}
    assert figure("outbox_oldest_due_seconds") == 90

    works.clock.move(timedelta(minutes=10))
    await works.relay.deliver_due()
    await works.scheduler.collect_metrics()
    assert in_the_outbox() == {"pending": 1, "sending": 0, "parked": 2, "dead": 3}
    assert figure("outbox_oldest_due_seconds") == 0


async def test_how_late_due_work_is_done_is_measured(works: Works) -> None:
    count, seconds = Growth("due_late_seconds_count"), Growth("due_late_seconds_sum")
    prompt, soon = Growth("due_late_seconds_bucket", le="0.5"), Growth("due_late_seconds_bucket", le="15.0")
    await works.put("1", "broken")
    works.clock.move(timedelta(seconds=7))
    await works.put("2")
    await works.scheduler.do_what_is_due()
    assert (count(), seconds(), prompt(), soon()) == (3, 14, 1, 3)
    await works.scheduler.do_what_is_due()
    assert (count(), seconds()) == (3, 14)


async def test_what_goes_wrong_by_the_clock_is_counted(works: Works) -> None:
    failures = Growth("failures_total", boundary="scheduler")
    await works.put("1", "broken")
    await works.scheduler.do_what_is_due()
    assert failures() == 1


async def test_a_job_that_fails_runs_again_and_its_text_stays_out_of_the_log() -> None:
    runs, twice, failures = 0, asyncio.Event(), Growth("failures_total", boundary="scheduler")

    async def fail() -> None:
        nonlocal runs
        runs += 1
        if runs >= 2:
            twice.set()
        raise ValueError(CANARY)

    with structlog.testing.capture_logs() as logs:
        ticker = Ticker([Job("failing", 0.01, fail)])
        ticker.start()
        async with asyncio.timeout(30):
            await twice.wait()
        await ticker.stop()
    assert failures() == runs
    assert {(entry["event"], entry["error"]) for entry in logs} == {("job_failed", "ValueError")}
    assert CANARY not in str(logs)


async def test_a_ticker_that_is_stopped_before_its_clock_is_loaded_never_ticks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scheduler, "LOADED_AFTER_SECONDS", 0)
    loaded: list[Ticker] = []
    last = asyncio.Event()
    stopped, running = Ticker([]), Ticker([])

    def begin(ticker: Ticker) -> None:
        loaded.append(ticker)
        if ticker is running:
            last.set()

    monkeypatch.setattr(Ticker, "_begin", begin)
    stopped.start()
    await stopped.stop()
    running.start()
    await last.wait()

    # The first was asked before, so it would have been loaded by now.
    assert loaded == [running]


async def test_a_stopped_ticker_has_finished_what_it_began_and_begins_nothing() -> None:
    begun, may_end, ended = asyncio.Event(), asyncio.Event(), []

    async def work() -> None:
        begun.set()
        await may_end.wait()
        ended.append(True)

    ticker = Ticker([Job("slow", 0.01, work)])
    ticker.start()
    async with asyncio.timeout(30):
        await begun.wait()
        stopping = asyncio.create_task(ticker.stop())
        await asyncio.sleep(0.03)
        assert not stopping.done()
        may_end.set()
        await stopping
    await asyncio.sleep(0.03)
    assert ended == [True]


async def test_a_job_does_not_run_beside_itself() -> None:
    at_once, most, runs = 0, 0, asyncio.Event()
    count = 0

    async def work() -> None:
        nonlocal at_once, most, count
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.03)
        at_once -= 1
        count += 1
        if count == 2:
            runs.set()

    ticker = Ticker([Job("slow", 0.005, work)])
    ticker.start()
    async with asyncio.timeout(30):
        await runs.wait()
    await ticker.stop()
    assert most == 1


async def test_stopping_what_never_started_is_fine(works: Works) -> None:
    await works.scheduler.stop()


async def test_a_started_scheduler_sends_what_becomes_due(works: Works) -> None:
    await works.put("1")
    works.scheduler.start()
    async with asyncio.timeout(30):
        await works.sent.arrived.wait()
    await works.scheduler.stop()
    await works.relay.drain()
    assert works.sent.notices == [FlagReceipt(1, 1)]
