"""The clock that looks at due work: jobs in memory that run every so often, and nothing that a restart could lose.

What is due stands in the database. APScheduler only says when to look, so a missed tick is made up for by the next.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar
from bot.log import bind_correlation, log, new_reference, where
from bot.metrics import DUE_LATE_SECONDS, FAILURES, OUTBOX, OUTBOX_AGE
from bot.relay import Relay
from bot.usecases.due import DueHandler, run_due
from bot.usecases.outbox_delivery import retry_parked
from bot.usecases.ports import Clock, Database, UnitOfWork
from bot.usecases.privacy.covering import check_covered

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

KEPT_FOR = timedelta(days=7)
"""How long what came in, went out or was due is remembered after it is over."""

DUE_AT_ONCE = 200

LOADED_AFTER_SECONDS = 0.25
"""When APScheduler is loaded: no job runs in the first second, and whoever waits for the bot to start does not wait."""


class Job(Struct, frozen=True):
    """Something that runs every `seconds`; a run that takes longer is not started a second time beside itself."""

    name: str
    seconds: float
    run: Callable[[], Awaitable[None]]


class Ticker:
    """Runs jobs on the event loop from `start` to `stop`; a job that fails runs again at its next tick."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = jobs
        self._loading: asyncio.TimerHandle | None = None
        self._scheduler: AsyncIOScheduler | None = None
        self._under_way: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begin to tick, on the running event loop; the first run of each job comes after its interval."""
        self._loading = asyncio.get_running_loop().call_later(LOADED_AFTER_SECONDS, self._begin)

    def _begin(self) -> None:
        from apscheduler.executors.asyncio import AsyncIOExecutor
        from apscheduler.jobstores.memory import MemoryJobStore
        from apscheduler.schedulers.asyncio import AsyncIOScheduler
        from apscheduler.triggers.interval import IntervalTrigger

        self._scheduler = AsyncIOScheduler(
            jobstores={"default": MemoryJobStore()},
            executors={"default": AsyncIOExecutor()},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone=UTC,
        )
        for job in self._jobs:
            # Without a zone each one looks for this machine's.
            every = IntervalTrigger(seconds=job.seconds, timezone=UTC)
            self._scheduler.add_job(self._run, every, args=(job,), id=job.name)
        self._scheduler.start()

    async def stop(self) -> None:
        """Tick no more, and return once what is under way has ended."""
        if self._loading is not None:
            self._loading.cancel()
        if self._scheduler is None:
            return
        self._scheduler.pause()
        if self._under_way:
            await asyncio.wait(self._under_way)
        self._scheduler.shutdown(wait=False)
        self._scheduler = None

    async def _run(self, job: Job) -> None:
        # A run of its own: what APScheduler starts it cancels when it shuts down.
        under_way = asyncio.create_task(_guarded(job), name=f"job {job.name}")
        self._under_way.add(under_way)
        under_way.add_done_callback(self._under_way.discard)
        await asyncio.shield(under_way)


class Scheduler:
    """What the bot does by the clock; `refresh` reads again what another process may have changed."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        relay: Relay,
        due: Mapping[str, DueHandler],
        calendar: Callable[[WorkspaceSettings], WorkingCalendar],
        *,
        refresh: Callable[[], Awaitable[None]],
    ) -> None:
        self._database = database
        self._clock = clock
        self._relay = relay
        self._due = due
        self._calendar = calendar
        self._ticker = Ticker(
            (
                Job("due", 1, self.do_what_is_due),
                Job("relay", 1, self.look_at_the_outbox),
                Job("refresh", 5, refresh),
                Job("figures", 15, self.collect_metrics),
                Job("parked", 3600, self.retry_parked),
                Job("prune", 3600, self.prune),
            )
        )

    def start(self) -> None:
        """Begin to tick, on the running event loop."""
        self._ticker.start()

    async def stop(self) -> None:
        """Tick no more, and return once what is under way has ended; the relay is drained by whoever owns it."""
        await self._ticker.stop()

    async def do_what_is_due(self) -> None:
        """Do everything that is due now, in batches."""
        next_at = await self._database.read(lambda uow: uow.due.next_at())
        taken = DUE_AT_ONCE if next_at is not None and next_at <= self._clock.now() else 0
        while taken == DUE_AT_ONCE:
            now = self._clock.now()
            run = await self._database.write(
                partial(run_due, now=now, limit=DUE_AT_ONCE, calendar_for=self._calendar, handlers=self._due)
            )
            taken = len(run.taken)
            for item in run.taken:
                DUE_LATE_SECONDS.observe(max(0.0, (now - item.due_at).total_seconds()))
            for item, error in run.failed:
                _report("due_failed", item.kind, error)

    async def look_at_the_outbox(self) -> None:
        """Have the relay look for what has become due since, or was put by another process."""
        self._relay.wake()

    async def collect_metrics(self) -> None:
        """Measure the outbox."""
        now = self._clock.now()
        counts, oldest = await self._database.read(lambda uow: (uow.outbox.counts(), uow.outbox.oldest_due(now)))
        for state, count in counts.items():
            OUTBOX.labels(state=state).set(count)
        OUTBOX_AGE.set(max(0.0, (now - oldest).total_seconds()) if oldest else 0.0)

    async def retry_parked(self) -> None:
        """Try what waits for a person once more, and look where messages are covered: it may have been put right."""
        now = self._clock.now()
        await self._database.write(partial(retry_parked, now=now))
        await self._database.write(partial(check_covered, now=now))

    async def prune(self) -> None:
        """Forget deliveries, notices and due rows that were over long ago."""
        await self._database.write(partial(_prune, before=self._clock.now() - KEPT_FOR))


async def _guarded(job: Job) -> None:
    """Run a job once; whatever goes wrong in it is logged, and the next tick tries again."""
    bind_correlation()
    try:
        await job.run()
    except Exception as error:  # noqa: BLE001 (a job that fails must not stop the clock)
        _report("job_failed", job.name, error)


def _report(event: str, kind: str, error: Exception) -> None:
    """Log a failure without any text of it: the kind of error and the line it came from."""
    FAILURES.labels(boundary="scheduler").inc()
    log.error(
        event,
        kind=kind,
        error=type(error).__name__,
        line=where(error),
        reference=new_reference(),
    )


def _prune(uow: UnitOfWork, *, before: datetime) -> None:
    uow.inbox.prune(before)
    uow.outbox.prune(before)
    uow.due.prune(before)
