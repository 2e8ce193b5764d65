"""The clock that walks with the bot: reminders, alerts and windows come at their own time, in whatever jump."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.commands.playground import levers
from bot.commands.playground.levers import BotLevers
from bot.commands.playground.lock import DatabaseLock
from bot.playground import NotPossible, Person
from bot.playground.state import Message
from bot.playground.walking import Walk, Walker
from handlers.features import ids
from storage.engines.sqlite_connection import PRAGMAS
from tests.handlers.slack.common_setup import behind
from tests.harness import MONDAY_MORNING, Harness, running_harness, words

SECOND = timedelta(seconds=1)


async def never(story: str) -> None:
    """Nothing starts over in these tests."""
    raise AssertionError(story)


class Walking:
    """A harness whose clock walks."""

    def __init__(self, harness: Harness, sqlite_url: str) -> None:
        self.harness = harness
        self.lock = DatabaseLock(Path(sqlite_url.removeprefix("sqlite:///")))
        self.levers = BotLevers(harness.bot, harness.world, self.lock, never)
        harness.world.take_levers(self.levers)
        self.walker = Walker(harness.world.world)

    async def to(self, moment: datetime) -> Walk:
        return await self.walker.walk(moment)

    async def flags(self, who: Person, text: str) -> None:
        outcome = await who.command("/flagclient", text, self.harness.general)
        assert outcome.ok
        assert not who.views

    def came(self, who: Person, sentence: str, channel: str | None = None) -> list[datetime]:
        """When the messages with a sentence in them came."""
        return [at(message) for message in who.read(channel) if sentence in words(message)]


def at(message: Message) -> datetime:
    """When a message was posted, in whole seconds."""
    return datetime.fromtimestamp(int(float(message.ts)), UTC)


@pytest.fixture
async def walking(http_harness: Harness, sqlite_url: str) -> Walking:
    """The bot on a Monday at ten in Amsterdam."""
    return Walking(http_harness, sqlite_url)


async def test_the_road_to_the_debrief_in_one_walk(walking: Walking) -> None:
    harness = walking.harness
    await walking.flags(harness.ben, "Acme late 3 the invoice of January is open")
    await walking.flags(harness.carla, "Acme wanbetaling ernstig betaalde na drie herinneringen")
    await harness.anna.command("/flagclient", "left Acme", harness.general)
    walk = await walking.to(MONDAY_MORNING + timedelta(days=28))
    assert walking.came(harness.ben, "Coming up: the debrief about Acme") == [datetime(2026, 3, 6, 9, tzinfo=UTC)]
    assert walking.came(harness.ben, "In a quarter of an hour") == [datetime(2026, 3, 9, 8, 45, tzinfo=UTC)]
    moments = [fired.at for fired in walk.fired]
    assert moments == sorted(moments)
    assert harness.clock.now() == MONDAY_MORNING + timedelta(days=28)
    texts = " ".join(fired.what for fired in walk.fired)
    assert "Coming up" in texts
    assert "quarter of an hour" in texts


@pytest.mark.parametrize(
    ("left", "day_before", "quarter"),
    [
        ("2026-03-23T10:00+01:00", "2026-03-27T10:00+01:00", "2026-03-30T09:45+02:00"),
        ("2026-10-19T10:00+02:00", "2026-10-23T10:00+02:00", "2026-10-26T09:45+01:00"),
    ],
    ids=["to summer time", "to winter time"],
)
async def test_wall_time_stays_when_the_clocks_change_on_the_way(
    sqlite_url: str, left: str, day_before: str, quarter: str
) -> None:
    async with running_harness(sqlite_url, "http", datetime.fromisoformat(left)) as harness:
        walking = Walking(harness, sqlite_url)
        await walking.flags(harness.ben, "Acme late 3 the invoice of January is open")
        await harness.anna.command("/flagclient", "left Acme", harness.general)
        await walking.to(harness.clock.now() + timedelta(days=14))
        assert walking.came(harness.anna, "Binnenkort") == [datetime.fromisoformat(day_before)]
        assert walking.came(harness.anna, "Over een kwartier") == [datetime.fromisoformat(quarter)]


async def test_what_waits_for_the_morning_comes_in_the_morning(walking: Walking) -> None:
    harness = walking.harness
    friday_evening = datetime(2026, 3, 6, 21, tzinfo=UTC)
    await walking.to(friday_evening)
    await walking.flags(harness.ben, "Acme late 3 the invoice of January is open")
    monday = datetime(2026, 3, 9, 8, tzinfo=UTC)
    assert await walking.levers.next_due() == monday
    await walking.to(friday_evening + timedelta(days=5))
    assert walking.came(harness.anna, "Watched: Acme", "client-care") == [monday]


async def test_nobody_acts_and_is_asked_again_in_order(walking: Walking) -> None:
    harness = walking.harness
    await walking.flags(harness.ben, "Acme late 3 the invoice of January is open")
    await walking.to(MONDAY_MORNING + timedelta(days=60))
    asked = walking.came(harness.anna, "3 werkdagen geleden")
    told = walking.came(harness.anna, "al 6 werkdagen")
    assert asked == [datetime(2026, 3, 5, 8, tzinfo=UTC)]
    assert told == [datetime(2026, 3, 10, 8, tzinfo=UTC)]
    assert await walking.levers.next_due() is None


async def test_the_undo_window_closes_while_the_clock_walks(walking: Walking) -> None:
    harness = walking.harness
    await walking.flags(harness.ben, "Acme late 1 the invoice of January is open")
    (receipt,) = harness.ben.read(harness.general)
    await walking.to(harness.clock.now() + timedelta(minutes=16))
    await harness.ben.click(receipt, "flags.undo")
    assert "Acme" in harness.sees(harness.ben, harness.general)
    dossier = await behind(harness.anna, "Acme", ids.DOSSIER_TIMELINE)
    assert "the invoice of January" in words(dossier)


async def test_a_score_decays_while_the_clock_walks(walking: Walking) -> None:
    harness = walking.harness
    await walking.flags(harness.ben, "Acme late 2 the invoice of January is open")

    async def shown() -> str:
        dossier = await harness.anna.command("/dossier", "Acme", harness.general)
        assert dossier.message is not None
        return words(dossier.message)

    assert "score 2." in await shown()
    await walking.to(harness.clock.now() + timedelta(days=90))
    assert "score 1." in await shown()


async def test_mornings_are_those_of_working_days(walking: Walking) -> None:
    friday = datetime(2026, 3, 6, 8, tzinfo=UTC)
    await walking.to(friday - SECOND)
    assert await walking.levers.next_morning() == friday
    await walking.to(friday)
    assert await walking.levers.next_morning() == datetime(2026, 3, 9, 8, tzinfo=UTC)
    assert await walking.levers.morning_of(date(2026, 4, 1)) == datetime(2026, 4, 1, 7, tzinfo=UTC)


async def test_what_is_flagged_while_the_database_is_locked_is_stored_once(walking: Walking) -> None:
    harness = walking.harness
    await walking.levers.pause_database(60)
    probe = sqlite3.connect(walking.lock._path, timeout=0, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        probe.execute("BEGIN IMMEDIATE")
    flagging = asyncio.create_task(walking.flags(harness.ben, "Acme late 1 the invoice of January is open"))
    await walking.levers.pause_database(0)
    await flagging
    await walking.levers.settle()
    dossier = await behind(harness.anna, "Acme", ids.DOSSIER_TIMELINE)
    assert words(dossier).count("the invoice of January") == 1
    probe.execute("BEGIN IMMEDIATE")
    probe.close()


async def test_a_pause_ends_by_itself_and_can_follow_another(walking: Walking) -> None:
    await walking.levers.pause_database(60)
    await walking.levers.pause_database(0.05)
    await walking.flags(walking.harness.ben, "Acme late 1 the invoice of January is open")
    await walking.lock.release()
    await walking.lock.release()


async def test_a_file_that_another_program_locks_is_said_so(walking: Walking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PRAGMAS, "busy_timeout", ("1", 1))
    other = sqlite3.connect(walking.lock._path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(NotPossible, match="locked"):
        await walking.levers.pause_database(1)
    other.close()


async def test_a_call_that_hangs_does_not_hold_the_clock(monkeypatch: pytest.MonkeyPatch, walking: Walking) -> None:
    monkeypatch.setattr(levers, "SETTLE_SECONDS", 0.05)
    monkeypatch.setattr("bot.app.RELAY_SECONDS", 0.05)
    harness = walking.harness
    harness.world.faults.add("chat.postMessage", hang=True)
    await walking.flags(harness.ben, "Acme late 3 the invoice of January is open")
    walk = await walking.to(MONDAY_MORNING + timedelta(hours=1))
    assert walk.end == (MONDAY_MORNING + timedelta(hours=1)).isoformat()


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 429, "retry_after": "5"},
        {"drop": "after"},
        {"status": 503, "body": "<html>Service Unavailable</html>"},
    ],
    ids=["rate limited", "dropped after accepting", "server error"],
)
async def test_nothing_is_lost_or_doubled_by_a_failure_on_the_way(walking: Walking, fault: dict[str, object]) -> None:
    harness = walking.harness
    harness.world.faults.add("chat.postMessage", **fault)
    await walking.flags(harness.ben, "Acme late 3 the invoice of January is open")
    await walking.to(MONDAY_MORNING + timedelta(hours=2))
    assert harness.world.faults.lined_up() == []
    assert len(walking.came(harness.anna, "Watched: Acme", "client-care")) == 1


async def test_a_shared_channel_gets_nothing_and_an_admin_hears_of_it(walking: Walking) -> None:
    harness = walking.harness
    harness.world.conversations.share(harness.alerts, "T0PARTNER00")
    await walking.flags(harness.ben, "Acme late 3 the invoice of January is open")
    await walking.to(MONDAY_MORNING + timedelta(hours=2))
    assert walking.came(harness.anna, "Watched: Acme", "client-care") == []
    assert [
        message
        for message in harness.anna.read()
        if "client-care" in words(message) or harness.alerts.id in words(message)
    ]
    harness.world.conversations.unshare(harness.alerts, "T0PARTNER00")
    await harness.bot.scheduler.retry_parked()
    await walking.to(MONDAY_MORNING + timedelta(hours=4))
    assert len(walking.came(harness.anna, "Watched: Acme", "client-care")) == 1
