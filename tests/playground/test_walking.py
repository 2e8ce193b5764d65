"""The clock that walks: what is due on the way happens in order, each at its own time, before the clock goes on."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground import Clock, NotPossible, Playground
from bot.playground.walking import STOPS_MOST, Walker
from tests.playground.app_side import MANIFEST, Listener

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Diary:
    """An app that only has things to do at moments; it writes down when it did which."""

    def __init__(self, world: Playground, *moments: datetime) -> None:
        self.world = world
        self.waiting = sorted(moments)
        self.done: list[tuple[datetime, datetime]] = []
        self.paused: list[float] = []
        self.stories: list[str] = []
        self.again: timedelta | None = None

    async def next_due(self) -> datetime | None:
        now = self.world.clock.now()
        return min((moment for moment in self.waiting if moment > now), default=None)

    async def settle(self) -> None:
        await self.world.settled()
        now = self.world.clock.now()
        for moment in [moment for moment in self.waiting if moment <= now]:
            self.waiting.remove(moment)
            self.done.append((moment, now))
            await asyncio.sleep(0)
            if self.again is not None:
                self.waiting.append(now + self.again)
        await self.world.settled()

    async def next_morning(self) -> datetime:
        return NOON + timedelta(hours=21)

    async def morning_of(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)

    async def pause_database(self, seconds: float) -> None:
        self.paused.append(seconds)

    async def restart(self, story: str) -> None:
        if story not in ("nl", "en", "empty"):
            raise ValueError(f"no story {story}")
        self.stories.append(story)


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
    assert STOPS_MOST <= len(diary.done) <= STOPS_MOST + 2


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


@pytest.fixture
def control(playground: Playground, session: aiohttp.ClientSession) -> Any:
    """Pulls a lever; returns the status and the answer."""

    async def pull(action: str, **arguments: Any) -> tuple[int, Any]:
        async with session.post(f"{playground.base_url}/control/{action}", json=arguments) as response:
            answer = await response.json()
            return response.status, answer.get("result", answer.get("error"))

    return pull


async def reading(playground: Playground, session: aiohttp.ClientSession) -> Any:
    async with session.get(f"{playground.base_url}/control/clock") as response:
        return (await response.json())["result"]


async def test_without_an_app_the_clock_only_jumps(
    playground: Playground, session: aiohttp.ClientSession, control: Any
) -> None:
    status, jump = await control("clock/set", moment=NOON.isoformat())
    assert (status, jump["fired"]) == (200, [])
    assert jump["to"].startswith("2026-03-02T12:00:0")
    assert (await reading(playground, session))["next_due"] is None
    for action, arguments in (
        ("clock/next_due", {}),
        ("clock/next_morning", {}),
        ("clock/to_date", {"date": "2026-12-01"}),
        ("database/pause", {"seconds": 1}),
        ("world/restart", {"story": "nl"}),
    ):
        assert (await control(action, **arguments))[0] == 409, action


async def test_the_apps_levers_over_http(
    playground: Playground, session: aiohttp.ClientSession, control: Any, clock: Clock
) -> None:
    clock.set(NOON)
    diary = Diary(playground, NOON + timedelta(hours=1), NOON + timedelta(hours=2))
    playground.take_levers(diary)
    assert (await reading(playground, session))["next_due"] == "2026-03-02T13:00:00+00:00"
    _, jump = await control("clock/next_due")
    assert jump["to"] == "2026-03-02T13:00:00+00:00"
    assert len(diary.done) == 1
    assert (await control("clock/next_morning"))[1]["to"].startswith("2026-03-03T09:00:00")
    assert len(diary.done) == 2
    assert (await control("clock/to_date", date="2026-03-05"))[1]["to"].startswith("2026-03-05T09:00:00")
    assert (await control("clock/to_date", date="2026-03-01"))[0] == 400
    assert (await control("clock/to_date", date="tomorrow"))[0] == 400
    assert (await control("clock/advance", seconds=-60))[0] == 400
    assert (await control("database/pause", seconds=2))[0] == 200
    assert (await control("database/pause", seconds=86_400))[0] == 400
    assert diary.paused == [2]
    assert (await control("world/restart", story="nl"))[0] == 200
    assert (await control("world/restart", story="fr"))[0] == 400
    assert diary.stories == ["nl"]


async def test_the_jump_tells_what_the_app_did_on_the_way(
    playground: Playground, session: aiohttp.ClientSession, control: Any, clock: Clock
) -> None:
    clock.set(NOON)
    place = playground.add_channel("place")

    class Talker(Diary):
        async def settle(self) -> None:
            before = len(self.done)
            await super().settle()
            for moment, _ in self.done[before:]:
                call = {"channel": place.id, "text": f"due at {moment:%H:%M}"}
                headers = {"Authorization": f"Bearer {playground.bot_token}"}
                async with session.post(f"{playground.api_url}chat.postMessage", json=call, headers=headers) as answer:
                    assert (await answer.json())["ok"]

    playground.take_levers(Talker(playground, *(NOON + timedelta(hours=hour) for hour in (3, 1, 2))))
    _, jump = await control("clock/advance", seconds=7_200)
    assert [(one["at"], one["what"]) for one in jump["fired"]] == [
        ("2026-03-02T13:00:00+00:00", "due at 13:00"),
        ("2026-03-02T14:00:00+00:00", "due at 14:00"),
    ]
    assert [one["ts"] for one in jump["fired"]] == [m.ts for m in playground.world.messages.all(place)][-2:]


def test_nobody_without_levers_knows_what_is_due() -> None:
    world = Playground(MANIFEST, Clock(NOON, running=False))
    with pytest.raises(NotPossible):
        asyncio.run(Walker(world.world).next_due())


async def test_starting_over_waits_for_the_walk_to_end(
    playground: Playground, session: aiohttp.ClientSession, control: Any
) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()
    told: list[str] = []

    class Slow(Diary):
        async def settle(self) -> None:
            begun.set()
            await may_end.wait()
            told.append("settled")

        async def restart(self, story: str) -> None:
            told.append("started over")

    playground.take_levers(Slow(playground))
    walking = asyncio.create_task(control("clock/advance", seconds=60))
    await begun.wait()
    restarting = asyncio.create_task(control("world/restart", story="nl"))
    for _ in range(3):
        assert (await reading(playground, session))["next_due"] is None
    may_end.set()
    assert [status for status, _ in await asyncio.gather(walking, restarting)] == [200, 200]
    assert told == ["settled", "settled", "started over"]
