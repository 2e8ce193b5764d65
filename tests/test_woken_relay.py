"""What is committed is sent at once: the relay is woken by the commit, whichever way in it came by."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest

from bot.playground.state import Message
from bot.scheduler import Ticker
from storage.engines.database import open_database
from tests.harness import Harness, running_harness, words

FLAG = "Acme late 3 invoice 2024-17 is still open after 45 days"


@pytest.fixture
def no_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing looks at the outbox every so often, so that what is sent was sent because of a commit."""
    monkeypatch.setattr(Ticker, "start", lambda _: None)


@pytest.fixture
async def woken(database_url: str, no_tick: None) -> AsyncIterator[Harness]:
    """The bot over HTTP on either database in turn; it goes by itself, but no clock ticks."""
    async with running_harness(database_url, "http", ticks=True) as ready:
        yield ready


async def until(true: Callable[[], bool]) -> None:
    """Return once `true()` holds."""
    async with asyncio.timeout(60):
        while not true():  # noqa: ASYNC110 (nobody tells)
            await asyncio.sleep(0.001)


def alerts(harness: Harness) -> list[Message]:
    """What the bot wrote in the alert channel."""
    return [message for message in harness.anna.read(harness.alerts) if message.from_app]


async def flag(harness: Harness) -> None:
    """Ben flags a client in one line, which is enough for an alert; returns once that has been posted."""
    assert (await harness.ben.command("/flagclient", FLAG, harness.general)).ok
    await until(lambda: bool(alerts(harness)))


async def test_a_command_over_the_line_alerts_at_once(woken: Harness) -> None:
    await flag(woken)
    (alert,) = alerts(woken)
    assert "Watched: Acme" in words(alert)


async def test_so_it_does_over_socket_mode(sqlite_url: str, no_tick: None) -> None:
    async with running_harness(sqlite_url, "socket", ticks=True) as harness:
        await flag(harness)


async def test_a_form_alerts_at_once(woken: Harness) -> None:
    await woken.ben.command("/flagclient", "Acme", woken.general)
    facts = {
        "flags.category": "late_payment",
        "flags.severity": "3",
        "flags.what_happened": "invoice 2024-17 is still open after 45 days",
    }
    for action_id, choice in facts.items():
        await woken.ben.select(woken.ben.view, action_id, choice)
    assert (await woken.ben.submit()).ok
    await until(lambda: bool(alerts(woken)))


async def test_what_a_button_changes_shows_at_once(woken: Harness) -> None:
    await flag(woken)
    assert (await woken.dirk.click(alerts(woken)[0], "alerts.take")).ok
    await until(lambda: f"<@{woken.dirk.id}> looks after this client, and looks into it." in words(alerts(woken)[0]))


async def test_what_becomes_due_is_said_as_soon_as_it_is_done(woken: Harness) -> None:
    await flag(woken)
    woken.clock.advance(timedelta(days=4))
    await woken.bot.scheduler.do_what_is_due()
    await until(lambda: "Acme" in woken.sees(woken.anna))


async def test_what_waits_for_the_morning_still_does(woken: Harness) -> None:
    woken.clock.advance(timedelta(hours=10))
    assert (await woken.ben.command("/flagclient", FLAG, woken.general)).ok
    # Urgent, and so out at once; whatever had been due before it would be out as well.
    assert (await woken.ben.command("/flagclient", "Bravo disrespect (4) threatened me", woken.general)).ok
    await until(lambda: "Bravo" in woken.sees(woken.anna, woken.alerts))
    assert "Acme" not in woken.sees(woken.anna, woken.alerts)


async def test_without_ticks_nothing_goes_by_itself(both_harness: Harness) -> None:
    harness = both_harness
    assert (await harness.ben.command("/flagclient", FLAG, harness.general)).ok
    await harness.bot.scheduler.do_what_is_due()
    assert harness.bot.relay._running is None
    assert (await harness.bot.database.read(lambda uow: uow.outbox.counts()))["pending"] == 1
    await harness.settle()
    assert len(alerts(harness)) == 1


async def test_a_bot_that_was_just_woken_stops(database_url: str, no_tick: None) -> None:
    async with asyncio.timeout(60), running_harness(database_url, "http", ticks=True) as harness:
        commands = (f'"Client {number}" late 3 never paid' for number in range(5))
        await asyncio.gather(*(harness.ben.command("/flagclient", text, harness.general) for text in commands))
    database = open_database(database_url)
    counts = await database.read(lambda uow: uow.outbox.counts())
    await database.close()
    # Each was sent, or waits for the next start.
    assert counts == {"pending": 5 - len(alerts(harness)), "sending": 0, "parked": 0, "dead": 0}
