"""What people are told when something fails: always a sentence, never a dead click, and nothing half stored."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.app import Patience
from bot.metrics import FAILURES
from bot.usecases.ports.database import DatabaseUnavailableError
from handlers.slack import ids
from storage import sqlite_connection
from tests.handlers.slack.flags.desk import fill_in, recorded
from tests.handlers.slack.scenes import a_client
from tests.stage import Stage, staged, words

NO_MEMORY = "I can’t reach my memory right now"


WRITING = ("write", "write_and_prepare")


@contextmanager
def hindered(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, hindrance: Callable[[], Awaitable[object]], ways: Iterable[str]
) -> Iterator[None]:
    """Whoever takes one of the `ways` into the database meets `hindrance` first."""

    def behind(way: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def hindered_way(*arguments: Any) -> Any:
            await hindrance()
            return await way(*arguments)

        return hindered_way

    with monkeypatch.context() as patch:
        for name in ways:
            patch.setattr(stage.bot.database, name, behind(getattr(stage.bot.database, name)))
        yield


@contextmanager
def without_database(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The database is gone for as long as this lasts."""

    async def unavailable() -> None:
        raise DatabaseUnavailableError("gone")

    with hindered(stage, monkeypatch, unavailable, (*WRITING, "read")):
        yield


async def test_a_command_without_database_says_so_and_stores_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await a_client(stage, "Acme", flags=0)
    with without_database(stage, monkeypatch):
        outcome = await stage.ben.command(ids.COMMAND_FLAG, "Acme late 3 invoice open")
    assert outcome.message is not None
    assert NO_MEMORY in outcome.message.text
    assert await recorded(stage) == []
    again = await stage.ben.command(ids.COMMAND_FLAG, "Acme late 3 invoice open")
    assert again.message is not None
    assert "Recorded" in words(again.message)


async def test_a_form_without_database_stays_open_with_its_text(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    await a_client(stage, "Acme", flags=0)
    await stage.ben.global_shortcut(ids.SHORTCUT_FLAG)
    await fill_in(stage.ben, what_happened="A text that took an hour.")
    with without_database(stage, monkeypatch):
        await stage.ben.submit()
    assert any(NO_MEMORY in error for error in stage.ben.view.errors.values())
    assert "A text that took an hour." in json.dumps(stage.ben.view.values)
    assert await recorded(stage) == []
    assert (await stage.ben.submit()).ok
    assert stage.ben.views == []
    assert len(await recorded(stage)) == 1


async def test_clicks_and_shortcuts_without_database_are_answered_in_words(
    http_stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = http_stage
    await a_client(stage, "Acme", flags=0)
    receipt = (await stage.ben.command(ids.COMMAND_FLAG, "Acme late 3 invoice open")).message
    assert receipt is not None
    said = stage.dirk.say(stage.general, "They called again.")
    with without_database(stage, monkeypatch):
        assert (await stage.ben.click(receipt, ids.FLAG_UNDO)).ok
        assert NO_MEMORY in stage.ben.read()[-1].text
        assert (await stage.ben.message_shortcut(ids.SHORTCUT_FLAG_MESSAGE, stage.general, said.ts)).ok
        assert NO_MEMORY in stage.ben.read(stage.general)[-1].text
        assert (await stage.ben.global_shortcut(ids.SHORTCUT_FLAG)).ok
        assert stage.ben.view.content["title"]["text"]
    assert len(await recorded(stage)) == 1


async def test_even_somebody_new_hears_it_in_their_own_language(
    http_stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with without_database(http_stage, monkeypatch):
        outcome = await http_stage.carla.command(ids.COMMAND_DOSSIER)
    assert outcome.message is not None
    assert "geheugen" in outcome.message.text


async def test_an_event_without_database_is_asked_for_again(http_stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = http_stage
    with without_database(stage, monkeypatch):
        stage.world.conversations.archive(stage.alerts, stage.anna.id)
        await stage.world.settled()
        attempts = [one for one in stage.world.inspector.exchanges() if one.name == "event channel_archive"]
        attempts += [one for one in stage.world.inspector.exchanges() if one.name == "event group_archive"]
        assert len(attempts) == 2
        assert not any(one.status == 200 for one in attempts)
    event = next(one for one in reversed(stage.world.dispatcher.deliveries) if one.kind == "event")
    assert (await stage.world.dispatcher.redeliver(event)).status == 200


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Another program holds the SQLite file for as long as this lasts."""
    with closing(sqlite3.connect(Path(url.removeprefix("sqlite:///")), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


async def test_a_locked_database_says_so_and_stores_nothing(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_connection, "BUSY_TIMEOUT_MS", 50)
    monkeypatch.setitem(sqlite_connection.PRAGMAS, "busy_timeout", ("50", 50))
    async with staged(sqlite_url, "http") as stage:
        await a_client(stage, "Acme", flags=0)
        with locked(sqlite_url):
            outcome = await stage.ben.command(ids.COMMAND_FLAG, "Acme late 3 invoice open")
        assert outcome.message is not None
        assert NO_MEMORY in outcome.message.text
        assert await recorded(stage) == []


@pytest.fixture(params=("http", "socket"))
async def hurried(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Stage]:
    """A bot that answers within a fraction of a second, whatever the work behind an answer takes."""
    async with staged(sqlite_url, request.param, patience=Patience(answer=0.2)) as stage:
        await a_client(stage, "Acme", flags=0)
        yield stage


@contextmanager
def slow_database(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Iterator[asyncio.Event]:
    """Writing waits until the event is set."""
    go_on = asyncio.Event()
    with hindered(stage, monkeypatch, go_on.wait, WRITING):
        yield go_on
        go_on.set()


async def test_a_slow_command_is_answered_in_time_and_again_when_it_is_done(
    hurried: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = hurried
    with slow_database(stage, monkeypatch) as go_on:
        outcome = await stage.ben.command(ids.COMMAND_FLAG, "Acme late 3 invoice open", stage.general)
        assert outcome.message is not None
        assert "One moment" in outcome.message.text
        go_on.set()
        await stage.bot.slack.dispatch.drain(5)
    last = stage.ben.read()[-1] if "Recorded" in stage.sees(stage.ben) else stage.ben.read(stage.general)[-1]
    assert "One moment" not in last.text
    assert len(await recorded(stage)) == 1


async def test_a_slow_form_stays_open_and_is_recorded_once(hurried: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = hurried
    await stage.ben.global_shortcut(ids.SHORTCUT_FLAG)
    await fill_in(stage.ben)
    with slow_database(stage, monkeypatch) as go_on:
        await stage.ben.submit()
        assert any("Your text is safe" in error for error in stage.ben.view.errors.values())
        go_on.set()
        await stage.bot.slack.dispatch.drain(5)
    assert (await stage.ben.submit()).ok
    assert stage.ben.views == []
    assert len(await recorded(stage)) == 1


async def test_a_slow_click_is_acknowledged_and_done(hurried: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = hurried
    receipt = (await stage.ben.command(ids.COMMAND_FLAG, "Acme late 3 invoice open")).message
    assert receipt is not None
    with slow_database(stage, monkeypatch) as go_on:
        assert (await stage.ben.click(receipt, ids.FLAG_UNDO)).ok
        assert len(await recorded(stage)) == 1
        go_on.set()
        await stage.bot.slack.dispatch.drain(5)
    assert await recorded(stage) == []


async def test_a_trigger_that_ran_out_is_explained(stage: Stage) -> None:
    stage.world.faults.add("views.open", error="expired_trigger_id")
    outcome = await stage.ben.command(ids.COMMAND_FLAG)
    assert outcome.message is not None
    assert "took too long" in outcome.message.text
    assert stage.ben.views == []


@pytest.mark.parametrize(
    "fault", [{"error": "internal_error"}, {"status": 503}, {"drop": "before"}, {"drop": "after"}, {"body": "<html>"}]
)
async def test_a_form_that_slack_does_not_open_is_explained(http_stage: Stage, fault: dict[str, Any]) -> None:
    http_stage.world.faults.add("views.open", **fault)
    outcome = await http_stage.ben.command(ids.COMMAND_FLAG)
    assert outcome.message is not None
    assert "Something went wrong" in outcome.message.text


async def test_what_nobody_foresaw_gives_a_reference_that_stands_in_the_log(
    http_stage: Stage, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    stage = http_stage
    await a_client(stage, "Acme", flags=0)

    async def broken() -> None:
        raise RuntimeError("canary-detail")

    before = FAILURES.labels(boundary="listener")._value.get()
    with hindered(stage, monkeypatch, broken, WRITING):
        outcome = await stage.ben.command(ids.COMMAND_FLAG, "Acme late 3 invoice open")
    assert outcome.message is not None
    reference = outcome.message.text.rpartition(": ")[2].rstrip(".")
    told = "".join(capfd.readouterr())
    assert f"reference={reference}" in told
    assert "canary-detail" not in told
    assert "canary-detail" not in outcome.message.text
    assert FAILURES.labels(boundary="listener")._value.get() == before + 1
    assert await recorded(stage) == []


async def test_an_answer_that_cannot_be_sent_undoes_nothing(http_stage: Stage) -> None:
    """The response URL is gone when the click is answered: what was clicked is done all the same."""
    stage = http_stage
    await a_client(stage, "Acme", flags=0)
    receipt = (await stage.ben.command(ids.COMMAND_FLAG, "Acme late 3 invoice open")).message
    assert receipt is not None
    await stage.ben.click(receipt, ids.FLAG_UNDO)
    click = stage.world.dispatcher.deliveries[-1]
    for url in ("http://127.0.0.1:9/gone", f"{stage.world.base_url}/actions/no/such", "not an address"):
        click.payload["response_url"] = url
        answer = await stage.world.dispatcher.redeliver(click)
        assert answer.status == 200
    assert await recorded(stage) == []
    await stage.settle()
    assert stage.sees(stage.ben).count("was done. I couldn’t tell you where you asked.") == 3


async def test_what_cannot_be_said_in_a_window_is_said_in_a_message(http_stage: Stage) -> None:
    http_stage.world.faults.add("views.open", times=2, error="expired_trigger_id")
    assert (await http_stage.ben.global_shortcut(ids.SHORTCUT_FLAG)).ok
    await http_stage.settle()
    assert "it may not have been done" in http_stage.sees(http_stage.ben)


async def test_typed_text_in_a_sentence_cannot_come_alive(http_stage: Stage) -> None:
    outcome = await http_stage.ben.command(ids.COMMAND_DOSSIER, "<!channel> <@U012AB3CD>")
    assert outcome.message is not None
    assert "<!channel>" not in json.dumps(outcome.answer.body if outcome.answer else "", ensure_ascii=False)
