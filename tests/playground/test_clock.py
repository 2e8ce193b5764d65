"""The clock that the workspace lives by."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.playground import Clock

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_standing_clock_moves_only_when_told() -> None:
    clock = Clock(NOON, running=False)
    assert clock.now() == NOON
    clock.advance(timedelta(days=1))
    assert clock.now() == NOON + timedelta(days=1)
    clock.set(datetime(2026, 3, 2, 14, tzinfo=timezone(timedelta(hours=1))))
    assert clock.now() == NOON + timedelta(hours=1)
    assert clock.now().tzinfo is UTC


def test_running_clock_goes_on_from_its_start() -> None:
    clock = Clock(NOON)
    first = clock.now()
    assert NOON <= first < NOON + timedelta(seconds=5)
    while clock.now() == first:
        pass
    assert clock.now() > first


def test_naive_moments_are_refused() -> None:
    naive = datetime(2026, 3, 2)  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="aware"):
        Clock(naive)
    with pytest.raises(ValueError, match="aware"):
        Clock().set(naive)


def test_the_clock_stands_as_long_as_anybody_holds_it() -> None:
    clock = Clock(NOON)
    first, second = clock.standing(), clock.standing()
    first.__enter__()
    second.__enter__()
    clock.set(NOON)
    first.__exit__(None, None, None)
    assert clock.now() == clock.now() == NOON
    second.__exit__(None, None, None)
    while clock.now() == NOON:
        pass


async def test_waiting_goes_on_after_the_clock_stood_still() -> None:
    clock = Clock(NOON)
    waiting = asyncio.create_task(clock.wait_until(NOON + timedelta(milliseconds=20)))
    with clock.standing():
        clock.set(NOON)
        await asyncio.sleep(0.03)
        assert not waiting.done()
        assert clock.next_awaited() == NOON + timedelta(milliseconds=20)
    async with asyncio.timeout(1):
        await waiting


async def test_waiting_ends_when_the_clock_is_moved_far_enough() -> None:
    clock = Clock(NOON, running=False)
    waiting = asyncio.create_task(clock.wait_until(NOON + timedelta(minutes=5)))
    await asyncio.sleep(0)
    clock.advance(timedelta(minutes=4))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not waiting.done()
    clock.advance(timedelta(minutes=1))
    async with asyncio.timeout(1):
        await waiting


async def test_waiting_ends_by_itself_on_a_running_clock() -> None:
    clock = Clock(NOON)
    async with asyncio.timeout(1):
        await clock.wait_until(NOON + timedelta(milliseconds=20))
