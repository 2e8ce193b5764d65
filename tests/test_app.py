"""Starting and stopping: what is checked, what is refused, and that Slack may be away."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr

from bot import app
from bot.app import Flagclient, SystemClock, Timeouts
from bot.domain.notices import AdminTold
from bot.playground import Clock, Playground
from bot.settings import Settings
from bot.usecases.ports import UnitOfWork
from bot.usecases.ports.database import DatabaseUnavailableError
from handlers.slack.words import COMMAND_FLAG
from handlers.slack.workspaces.installation import TokenRefusedError
from storage.engines.process_lock import DatabaseInUseError
from tests.frozen_clock import MONDAY_MORNING
from tests.handlers.slack.common_setup import a_client
from tests.harness import MANIFEST, UNHURRIED, Harness, running_harness, slack_of

TRANSPORTS = ("http", "socket")


class Ahead(datetime):
    """The clock of a machine that is two minutes ahead."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return datetime.now(tz) + timedelta(minutes=2)


def settings_for(world: Playground, database_url: str, transport: str) -> Settings:
    """The environment of a bot in this workspace."""
    return Settings(
        _env_file=None,
        slack_bot_token=SecretStr(world.bot_token),
        slack_app_token=SecretStr(world.app_token if transport == "socket" else ""),
        slack_signing_secret=SecretStr(world.signing_secret),
        slack_api_url=world.api_url,
        database_url=database_url,
        port=0,
    )


@asynccontextmanager
async def workspace() -> AsyncIterator[Playground]:
    """A workspace without a bot."""
    world = Playground(MANIFEST, Clock(), ack_timeout=UNHURRIED)
    await world.start()
    yield world
    await world.stop()


async def until(true: Callable[[], bool]) -> None:
    """Return once `true()` holds."""
    async with asyncio.timeout(60):
        while not true():  # noqa: ASYNC110 (nobody tells)
            await asyncio.sleep(0.01)


async def test_a_start_asks_slack_once_who_we_are(harness: Harness) -> None:
    asked = [exchange.name for exchange in harness.world.inspector.exchanges("from_app")]
    assert asked.count("auth.test") == 1
    assert "users.list" in asked


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_a_start_while_slack_is_away_recovers_by_itself(sqlite_url: str, transport: str) -> None:
    async with workspace() as world:
        ben = world.add_user("ben")
        fault = world.faults.add("*", times=None, drop="before")
        bot = Flagclient(settings_for(world, sqlite_url, transport), timeouts=Timeouts(reconnect=0.05))
        running = await bot.start()
        assert not (await bot.readiness())["slack"]
        assert await health(running.port) == (200, 503)
        if transport == "http":
            world.connect_http(f"http://127.0.0.1:{running.port}/slack/events")
            outcome = await ben.command(COMMAND_FLAG, "help")
            assert outcome.message is not None
            assert "still starting" in outcome.message.text
            event = {"type": "event_callback", "team_id": world.team_id, "event_id": "1", "event": {"type": "x"}}
            assert (await world.dispatcher.ask("event", event)).status == 500
        world.faults.clear()
        await until(lambda: slack_of(bot).is_connected)
        assert fault.times is None
        outcome = await ben.command(COMMAND_FLAG, "help")
        assert outcome.message is not None
        assert "still starting" not in outcome.message.text
        await until_ready(bot)
        assert await health(running.port) == (200, 200)
        await bot.stop()


async def until_ready(bot: Flagclient) -> None:
    """Return once every check is well."""
    async with asyncio.timeout(60):
        while not all((await bot.readiness()).values()):  # noqa: ASYNC110 (nobody tells)
            await asyncio.sleep(0.01)


async def health(port: int) -> tuple[int, int]:
    """What the two health addresses answer."""
    async with aiohttp.ClientSession() as session:
        async with session.get(f"http://127.0.0.1:{port}/healthz") as alive:
            pass
        async with session.get(f"http://127.0.0.1:{port}/readyz") as ready:
            pass
    return alive.status, ready.status


@pytest.mark.parametrize(("variable", "transport"), [("slack_bot_token", "http"), ("slack_app_token", "socket")])
async def test_a_token_that_slack_refuses_ends_the_start_with_a_sentence(
    sqlite_url: str, variable: str, transport: str
) -> None:
    async with workspace() as world:
        settings = settings_for(world, sqlite_url, transport).model_copy(update={variable: SecretStr("xoxb-wrong")})
        bot = Flagclient(settings)
        with pytest.raises(TokenRefusedError, match=f"Slack refuses {variable.upper()}"):
            await bot.start()
        await bot.stop()


async def test_a_second_bot_on_the_same_file_is_refused(sqlite_url: str) -> None:
    async with running_harness(sqlite_url, "http") as harness:
        second = Flagclient(settings_for(harness.world, sqlite_url, "http"))
        with pytest.raises(DatabaseInUseError, match="Another Flagclient is running"):
            await second.start()
        await second.stop()
        outcome = await harness.ben.command(COMMAND_FLAG, "help")
        assert outcome.ok


async def test_everything_is_well_on_the_whole_bot(harness: Harness) -> None:
    assert all((await harness.bot.readiness()).values())


async def failing(harness: Harness) -> set[str]:
    """The checks that are not well."""
    return {name for name, is_well in (await harness.bot.readiness()).items() if not is_well}


async def test_a_database_that_is_gone_shows(http_harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    async def gone(*_: object) -> None:
        raise DatabaseUnavailableError("gone")

    for method in ("ping", "read", "schema_revision"):
        monkeypatch.setattr(http_harness.bot.database, method, gone)
    assert await failing(http_harness) == {"database", "schema", "outbox"}


async def test_a_database_that_hangs_shows(http_harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    async def hanging(*_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr("bot.app.READINESS_SECONDS", 0.05)
    monkeypatch.setattr(http_harness.bot.database, "ping", hanging)
    assert await failing(http_harness) == {"database"}


async def test_an_old_schema_shows(http_harness: Harness, sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE alembic_version SET version_num = '0000'")
        other.commit()
    assert await failing(http_harness) == {"schema"}


async def test_an_outbox_that_does_not_move_shows(http_harness: Harness) -> None:
    harness = http_harness
    now = harness.clock.now()

    def put(uow: UnitOfWork) -> None:
        workspace_id = uow.people.workspaces()[0].id
        uow.outbox.put(workspace_id, AdminTold(1, "place_gone", "alert:1"), now, due_at=now + timedelta(hours=1))

    await harness.bot.database.write(put)
    assert await failing(harness) == set()
    harness.clock.advance(timedelta(hours=1, minutes=5, seconds=-1))
    assert await failing(harness) == set()
    harness.clock.advance(timedelta(seconds=1))
    assert await failing(harness) == {"outbox"}


async def test_a_socket_that_is_lost_shows(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running_harness(sqlite_url, "socket") as harness:
        assert slack_of(harness.bot).socket is not None
        for seconds, shown in ((59.0, set()), (60.0, {"slack"}), (float("inf"), {"slack"})):
            monkeypatch.setattr(slack_of(harness.bot).socket, "silence", lambda seconds=seconds: seconds)
            assert await failing(harness) == shown


async def test_a_clock_that_is_off_shows(http_harness: Harness) -> None:
    for seconds, shown in ((59.9, set()), (60.0, {"clock"})):
        http_harness.workspace.installation.skew_seconds = seconds
        assert await failing(http_harness) == shown


async def test_settings_of_another_process_are_taken_over_by_a_running_bot(http_harness: Harness) -> None:
    harness = http_harness
    await harness.set("language", "nl")
    workspace = await harness.workspace.members.workspace(harness.world.team_id)
    assert workspace.settings.language == "nl"


async def test_stopping_twice_and_before_the_start_does_no_harm(sqlite_url: str) -> None:
    async with workspace() as world:
        never_started = Flagclient(settings_for(world, sqlite_url, "http"))
        await never_started.stop()
        await never_started.stop()


async def test_the_first_admin_hears_things_in_their_own_language(http_harness: Harness) -> None:
    workspace = await http_harness.workspace.members.workspace(http_harness.world.team_id)
    [anna] = await http_harness.bot.database.read(lambda uow: uow.people.admins(workspace.id))
    assert (anna.language, anna.zone) == ("nl", "Europe/Amsterdam")
    assert workspace.settings.language == "en"


async def test_a_database_that_is_removed_while_it_serves_acknowledges_nothing_more(http_harness: Harness) -> None:
    harness = http_harness
    await a_client(harness, "Acme", flags=0)
    path = Path(harness.bot.settings.database_url.removeprefix("sqlite:///"))
    await asyncio.to_thread(path.unlink)
    answered = await harness.ben.command(COMMAND_FLAG, "Acme late 3 invoice 17 is open")
    assert answered.message is not None
    assert "I can’t reach my database right now, so nothing was stored." in answered.message.text
    assert "You typed: /flagclient Acme late 3 invoice 17 is open" in answered.message.text
    assert (await harness.bot.readiness())["database"] is False
    assert not await asyncio.to_thread(path.exists)


async def test_processes_that_share_a_database_go_by_its_clock(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with workspace() as world:
        bot = Flagclient(settings_for(world, postgres_url, "http"), ticks=False)
        monkeypatch.setattr(app, "datetime", Ahead)
        assert bot.clock.now() - datetime.now(UTC) > timedelta(minutes=1)
        await bot.start()
        assert abs(bot.clock.now() - datetime.now(UTC)) < timedelta(seconds=UNHURRIED)
        await bot.stop()


def test_a_clock_that_follows_another_goes_on_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = 100.0
    monkeypatch.setattr(app.time, "monotonic", lambda: seconds)
    clock = SystemClock()
    clock.follow(MONDAY_MORNING)
    seconds += 7
    assert clock.now() == MONDAY_MORNING + timedelta(seconds=7)
