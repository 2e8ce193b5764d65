"""Sends what waits in the outbox: lane by lane in order, many lanes at a time, each attempt under a lease.

The relay knows no platform: a notifier turns a notice into an effect and says what came of it. Whatever happens to
this process, the outbox still holds everything that is not finished, and says what may have been sent.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from bot.domain.delivery_outcome import (
    Delivered,
    DeliveryOutcome,
    Obsolete,
    PlatformDown,
    Postponed,
    Reason,
    Refused,
    RetryLater,
    Unknown,
)
from bot.domain.notices import Notice
from bot.log import bind_correlation, log, new_reference, where
from bot.metrics import DELIVERIES, FAILURES
from bot.reachability import Reachability
from bot.usecases.outbox_delivery import LeaseLostError, claim_due, hold_back, record_delivery
from bot.usecases.ports import Clock, Database, OutboxItem, UnitOfWork
from bot.usecases.ports.database import DatabaseUnavailableError
from bot.usecases.stories import AfterDelivery, HeldUp

LEASE = timedelta(seconds=60)
ATTEMPT_SECONDS = 45.0
"""An attempt ends well inside its lease, so no lease needs renewing and nobody else claims what is under way."""

AT_ONCE = 16
WAKE_WITHIN_SECONDS = 1.0
DATABASE_PAUSE = timedelta(seconds=5)
DRAIN_SECONDS = 20.0


class Notifier(Protocol):
    """Turns a claimed notice into an effect on a platform."""

    async def deliver(self, item: OutboxItem) -> DeliveryOutcome:
        """What came of one attempt."""
        ...


def _claim(uow: UnitOfWork, *, now: datetime, limit: int, but: Collection[int]) -> tuple[int, list[OutboxItem]]:
    """Lease what is due; returns how many items that were, and those whose workspace can be reached."""
    items = claim_due(uow, now, limit, LEASE, but)
    return len(items), [item for item in items if not hold_back(uow, item, now)]


class Relay:
    """Delivers from the first `wake` until it is drained. Each process has one; claims keep several of them apart.

    `after_delivery` is what capabilities do about the end of a delivery, `held_up` what they do while it waits until it
    is known who would read it. A restored copy of a database that must not
    send yet never wakes its relay.
    """

    def __init__(
        self,
        database: Database,
        notifier: Notifier,
        clock: Clock,
        *,
        after_delivery: Mapping[type[Notice], AfterDelivery],
        held_up: Mapping[type[Notice], HeldUp] | None = None,
        at_once: int = AT_ONCE,
        attempt_seconds: float = ATTEMPT_SECONDS,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._database = database
        self._notifier = notifier
        self._clock = clock
        self._after_delivery = after_delivery
        self._held_up = held_up or {}
        self._at_once = at_once
        self._attempt_seconds = attempt_seconds
        self._jitter = jitter
        self._reachability = Reachability()
        self._changed = asyncio.Event()
        self._claiming = asyncio.Lock()
        self._under_way: dict[asyncio.Task[None], OutboxItem] = {}
        self._running: asyncio.Task[None] | None = None
        self._draining = False

    def wake(self) -> None:
        """Look at the outbox now: something was put, or time has passed. Call it on the event loop."""
        self._changed.set()
        if self._running is None and not self._draining:
            self._running = asyncio.create_task(self._run(), name="relay")

    async def drain(self, seconds: float = DRAIN_SECONDS) -> None:
        """Claim nothing more and finish what is under way; what takes longer is cut off and looked up next time."""
        self._draining = True
        self._changed.set()
        if self._running is not None:
            await self._running
            self._running = None
        if not self._under_way:
            return
        _, late = await asyncio.wait(self._under_way, timeout=seconds)
        for task in late:
            task.cancel()
        if late:
            log.warning("deliveries_cut_off", count=len(late))
            await asyncio.wait(late)

    async def deliver_due(self) -> int:
        """Deliver everything that is due right now, and what becomes due by it; returns how many attempts that took."""
        attempts = 0
        while True:
            was_under_way = bool(self._under_way)
            claimed, started = await self._start_attempts()
            attempts += started
            if self._under_way:
                await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)
            elif not claimed and not was_under_way:
                # What ended while we looked may have put something that we did not see yet.
                return attempts

    async def _run(self) -> None:
        while not self._draining:
            self._changed.clear()
            try:
                claimed, _ = await self._start_attempts()
            except Exception as error:  # noqa: BLE001 (without its loop the bot would go on but stay silent)
                _report("claim_failed", error)
                claimed = 0
            if not claimed:
                await self._changed.wait()

    async def _start_attempts(self) -> tuple[int, int]:
        """Claim as much as fits beside what is under way; returns how many items were claimed and started.

        One claim at a time: whoever is told that nothing is due finds what was claimed before it under way.
        """
        async with self._claiming:
            return await self._claim_and_start()

    async def _claim_and_start(self) -> tuple[int, int]:
        room = self._at_once - len(self._under_way)
        now = self._clock.now()
        if room <= 0 or await self._database.read(lambda uow: uow.outbox.oldest_due(now)) is None:
            return 0, 0
        if self._draining:
            # It may have begun while we looked.
            return 0, 0
        claimed, items = await self._database.write(
            partial(_claim, now=now, limit=room, but=self._reachability.resting(now))
        )
        for item in items:
            task = asyncio.create_task(self._attempt(item), name=f"deliver {item.notice.kind}")
            self._under_way[task] = item
            task.add_done_callback(self._attempted)
        return claimed, len(items)

    def _attempted(self, task: asyncio.Task[None]) -> None:
        self._under_way.pop(task, None)
        self._changed.set()

    async def _attempt(self, item: OutboxItem) -> None:
        bind_correlation()
        began_at = self._clock.now()
        try:
            outcome = await self._deliver(item)
        except asyncio.CancelledError:
            # Cut off while stopping: whoever claims it next looks first whether it came through.
            await self._record(item, PlatformDown(maybe_sent=True), began_at)
            raise
        await self._record(item, outcome, began_at)

    async def _deliver(self, item: OutboxItem) -> DeliveryOutcome:
        try:
            async with asyncio.timeout(self._attempt_seconds):
                return await self._notifier.deliver(item)
        except TimeoutError:
            return PlatformDown(maybe_sent=True)
        except DatabaseUnavailableError:
            return RetryLater(Reason.PLATFORM_DOWN, after=DATABASE_PAUSE, counts=False)
        except Exception as error:  # noqa: BLE001 (one item that cannot be delivered must not stop the others)
            _report("delivery_failed", error, item)
            return Unknown()

    async def _record(self, item: OutboxItem, outcome: DeliveryOutcome, began_at: datetime) -> None:
        """Write the outcome; where even that fails the lease runs out, and the item comes back as perhaps sent."""
        try:
            retry_at = await self._write(
                item, outcome, self._after_delivery, keeps_place=self._is_lost(item, outcome, began_at)
            )
        except (LeaseLostError, DatabaseUnavailableError) as error:
            _report("outcome_not_recorded", error, item)
        except Exception as error:  # noqa: BLE001 (what a capability does afterwards can fail in any way)
            _report("outcome_not_recorded", error, item)
            await self._write(item, Unknown(), {})
        else:
            _note(item, outcome)
            self._wake_at(retry_at)

    async def _write(
        self,
        item: OutboxItem,
        outcome: DeliveryOutcome,
        hooks: Mapping[type[Notice], AfterDelivery],
        *,
        keeps_place: bool = False,
    ) -> datetime | None:
        now, jitter = self._clock.now(), self._jitter()
        return await self._database.write(
            partial(
                record_delivery,
                item=item,
                outcome=outcome,
                now=now,
                hooks=hooks,
                held_up=self._held_up,
                jitter=jitter,
                keeps_place=keeps_place,
            )
        )

    def _is_lost(self, item: OutboxItem, outcome: DeliveryOutcome, began_at: datetime) -> bool:
        """Take note whether the platform was reached; true where it is out of reach for the whole workspace."""
        now = self._clock.now()
        if isinstance(outcome, PlatformDown):
            return self._reachability.lost(item.workspace_id, began_at, now, outcome.after)
        if isinstance(outcome, Delivered):
            self._reachability.reached(item.workspace_id, now)
        return False

    def resting(self) -> list[int]:
        """The workspaces whose platform is out of reach at this moment: what is due there can only wait."""
        return self._reachability.resting(self._clock.now())

    def _wake_at(self, retry_at: datetime | None) -> None:
        """Look again when an attempt that only has to wait a moment is due; the scheduler's tick sees to the rest."""
        seconds = (retry_at - self._clock.now()).total_seconds() if retry_at else WAKE_WITHIN_SECONDS
        if seconds < WAKE_WITHIN_SECONDS:
            asyncio.get_running_loop().call_later(max(seconds, 0.0), self._changed.set)


def _note(item: OutboxItem, outcome: DeliveryOutcome) -> None:
    name = type(outcome).__name__
    DELIVERIES.labels(kind=item.notice.kind, outcome=name).inc()
    reason = "" if isinstance(outcome, Delivered | Obsolete | Postponed) else outcome.reason.value
    log.info(
        "notice_attempted",
        kind=item.notice.kind,
        intent=item.intent,
        workspace_id=item.workspace_id,
        attempts=item.attempts,
        state=name,
        reason=reason,
        code=outcome.code if isinstance(outcome, Refused) else "",
    )


def _report(event: str, error: Exception, item: OutboxItem | None = None) -> None:
    """Log a failure without any text of it: the kind of error and the line it came from."""
    FAILURES.labels(boundary="relay").inc()
    log.error(
        event,
        reference=new_reference(),
        kind=item.notice.kind if item else "",
        intent=item.intent if item else "",
        error=type(error).__name__,
        line=where(error),
    )
