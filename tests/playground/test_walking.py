"""The clock that walks: what is due on the way happens in order, each at its own time, before the clock goes on."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground import Clock, NotPossible, Playground
from bot.playground.walking import MAX_STOPS, Walker
from tests.playground.app_side import MANIFEST, Listener
from tests.playground.diary import NOON, Diary

MINUTE = timedelta(minutes=1)


def still(*moments: datetime) -> tuple[Playground, Diary]:
    """A workspace whose clock stands at noon, with an app that has something to do at these moments."""
    world = Playground(MANIFEST, Clock(NOON, running=False))
    diary = Diary(world, *moments)
    world.take_levers(diary)
    return world, diary


@given(st.lists(st.integers(-60, 600), max_size=12), st.integers(0, 500))
def test_everything_due_on_the_way_happens_at_its_own_time(minutes: list[int], far: int) -> None:
    moments = [NOON + MINUTE * minute for minute in minutes]
    world, diary = still(*moments)
    goal = NOON + MINUTE * far
    walk = asyncio.run(Walker(world.world).walk(goal))
    late = [(moment, NOON) for moment in sorted(moments) if moment <= NOON]
    assert diary.done == late + [(moment, moment) for moment in sorted(moments) if NOON < moment <= goal]
    assert world.clock.now() == goal
    assert (walk.start, walk.end) == (NOON.isoformat(), goal.isoformat())


@pytest.mark.parametrize(
    "change",
    [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)],
    ids=["to summer time", "to winter time"],
)
async def test_an_hour_is_an_hour_when_the_clocks_change(change: datetime) -> None:
    moments = [change + MINUTE * minute for minute in (-30, 0, 30, 60, 90)]
    world, diary = still(*moments)
    world.clock.set(change - timedelta(hours=1))
    await Walker(world.world).walk(change + timedelta(hours=2))
    assert diary.done == [(moment, moment) for moment in moments]


async def test_what_follows_from_a_stop_is_met_on_the_same_walk() -> None:
    world, diary = still(NOON + MINUTE)
    diary.again = timedelta(days=1)
    await Walker(world.world).walk(NOON + timedelta(days=3))
    assert [at for _, at in diary.done] == [NOON + MINUTE + timedelta(days=day) for day in range(3)]


async def test_what_repeats_without_end_cannot_hold_the_clock() -> None:
    world, diary = still(NOON + timedelta(seconds=1))
    diary.again = timedelta(seconds=1)
    goal = NOON + timedelta(days=365)
    await Walker(world.world).walk(goal)
    assert world.clock.now() == goal
    assert MAX_STOPS <= len(diary.done) <= MAX_STOPS + 2


async def test_a_running_clock_stands_at_each_stop_and_runs_on() -> None:
    world = Playground(MANIFEST, Clock(NOON))
    diary = Diary(world, NOON + timedelta(hours=1))
    world.take_levers(diary)
    await Walker(world.world).walk(NOON + timedelta(hours=2))
    assert diary.done == [(NOON + timedelta(hours=1),) * 2]
    shown = world.clock.now()
    assert NOON + timedelta(hours=2) <= shown < NOON + timedelta(hours=2, seconds=5)
    while world.clock.now() == shown:
        pass


async def test_the_clock_never_goes_back_on_an_app() -> None:
    world, _ = still()
    with pytest.raises(ValueError, match="forward only"):
        await Walker(world.world).walk(NOON - MINUTE)
    assert world.clock.now() == NOON


async def test_an_event_that_failed_comes_again_on_the_way(playground: Playground, listener: Listener) -> None:
    diary = Diary(playground)
    playground.take_levers(diary)
    heard: list[datetime] = []

    def refuse(payload: dict[str, Any]) -> Any:
        heard.append(playground.clock.now())
        return aiohttp.web.Response(status=500)

    listener.react = refuse
    playground.add_user("anna")
    await playground.settled()
    at = playground.clock.now()
    walker = Walker(playground.world)
    due = await walker.next_due()
    assert due is not None
    assert timedelta(seconds=50) < due - at <= MINUTE
    await walker.walk(at + timedelta(hours=1))
    await playground.settled()
    assert len(heard) == 4
    assert heard[2] == due
    assert heard[3] == due + timedelta(minutes=5)


async def test_two_walks_go_one_after_the_other() -> None:
    world, diary = still(*(NOON + MINUTE * minute for minute in range(1, 9)))
    walker = Walker(world.world)
    await asyncio.gather(walker.walk(NOON + MINUTE * 4), walker.walk(NOON + MINUTE * 8))
    assert [moment for moment, _ in diary.done] == [at for _, at in diary.done]


def test_nobody_without_levers_knows_what_is_due() -> None:
    world = Playground(MANIFEST, Clock(NOON, running=False))
    with pytest.raises(NotPossible):
        asyncio.run(Walker(world.world).next_due())
