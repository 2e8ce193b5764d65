"""What people are told when something fails: always a sentence, never a dead click, and nothing half stored."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.metrics import FAILURES
from bot.usecases.ports.database import DatabaseUnavailableError
from handlers.features import ids
from handlers.slack.words import COMMAND_DOSSIER, COMMAND_FLAG
from storage.engines import sqlite_connection
from tests.handlers.slack.common_setup import a_client
from tests.handlers.slack.flags.setup import fill_in, recorded
from tests.harness import Harness, running_harness, slack_of, words

NO_MEMORY = "I can’t reach my database right now"


WRITING = ("write", "write_and_prepare")


@contextmanager
def hindered(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, hindrance: Callable[[], Awaitable[object]], ways: Iterable[str]
) -> Iterator[None]:
    """Whoever takes one of the `ways` into the database meets `hindrance` first."""

    def behind(way: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def hindered_way(*arguments: Any) -> Any:
            await hindrance()
            return await way(*arguments)

        return hindered_way

    with monkeypatch.context() as patch:
        for name in ways:
            patch.setattr(harness.bot.database, name, behind(getattr(harness.bot.database, name)))
        yield


@contextmanager
def without_database(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The database is gone for as long as this lasts."""

    async def unavailable() -> None:
        raise DatabaseUnavailableError("gone")

    with hindered(harness, monkeypatch, unavailable, (*WRITING, "read")):
        yield


async def test_a_command_without_database_says_so_and_stores_nothing(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    await a_client(harness, "Acme", flags=0)
    with without_database(harness, monkeypatch):
        outcome = await harness.ben.command(COMMAND_FLAG, "Acme late 3 invoice open")
    assert outcome.message is not None
    assert NO_MEMORY in outcome.message.text
    assert await recorded(harness) == []
    again = await harness.ben.command(COMMAND_FLAG, "Acme late 3 invoice open")
    assert again.message is not None
    assert "Recorded" in words(again.message)


async def test_a_form_without_database_stays_open_with_its_text(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    await a_client(harness, "Acme", flags=0)
    await harness.ben.global_shortcut(ids.SHORTCUT_FLAG)
    await fill_in(harness.ben, what_happened="A text that took an hour.")
    with without_database(harness, monkeypatch):
        await harness.ben.submit()
    assert any(NO_MEMORY in error for error in harness.ben.view.errors.values())
    assert "A text that took an hour." in json.dumps(harness.ben.view.values)
    assert await recorded(harness) == []
    assert (await harness.ben.submit()).ok
    assert harness.ben.views == []
    assert len(await recorded(harness)) == 1


async def test_clicks_and_shortcuts_without_database_are_answered_in_words(
    http_harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness = http_harness
    await a_client(harness, "Acme", flags=0)
    receipt = (await harness.ben.command(COMMAND_FLAG, "Acme late 3 invoice open")).message
    assert receipt is not None
    said = harness.dirk.say(harness.general, "They called again.")
    with without_database(harness, monkeypatch):
        assert (await harness.ben.click(receipt, ids.FLAG_UNDO)).ok
        assert NO_MEMORY in harness.in_windows(harness.ben)
        await harness.ben.close()
        assert (await harness.ben.message_shortcut(ids.SHORTCUT_FLAG_MESSAGE, harness.general, said.ts)).ok
        assert NO_MEMORY in harness.in_windows(harness.ben)
        await harness.ben.close()
        assert (await harness.ben.global_shortcut(ids.SHORTCUT_FLAG)).ok
        assert harness.ben.view.content["title"]["text"]
    assert len(await recorded(harness)) == 1


async def test_even_somebody_new_hears_it_in_their_own_language(
    http_harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    with without_database(http_harness, monkeypatch):
        outcome = await http_harness.carla.command(COMMAND_DOSSIER)
    assert outcome.message is not None
    assert "database" in outcome.message.text


async def test_an_event_without_database_is_asked_for_again(
    http_harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness = http_harness
    with without_database(harness, monkeypatch):
        harness.world.conversations.archive(harness.alerts, harness.anna.id)
        await harness.world.settled()
        attempts = [one for one in harness.world.inspector.exchanges() if one.name == "event channel_archive"]
        attempts += [one for one in harness.world.inspector.exchanges() if one.name == "event group_archive"]
        assert len(attempts) == 2
        assert not any(one.status == 200 for one in attempts)
    event = next(one for one in reversed(harness.world.dispatcher.deliveries) if one.kind == "event")
    assert (await harness.world.dispatcher.redeliver(event)).status == 200


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
    async with running_harness(sqlite_url, "http") as harness:
        await a_client(harness, "Acme", flags=0)
        with locked(sqlite_url):
            outcome = await harness.ben.command(COMMAND_FLAG, "Acme late 3 invoice open")
        assert outcome.message is not None
        assert NO_MEMORY in outcome.message.text
        assert await recorded(harness) == []


@pytest.fixture
async def known(harness: Harness) -> Harness:
    """A bot that knows a client."""
    await a_client(harness, "Acme", flags=0)
    return harness


@contextmanager
def slow_database(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> Iterator[asyncio.Event]:
    """Writing waits until the event is set, and nobody waits long for an answer meanwhile."""
    go_on = asyncio.Event()
    with monkeypatch.context() as hurried, hindered(harness, monkeypatch, go_on.wait, WRITING):
        hurried.setattr(slack_of(harness.bot).dispatch.deadline, "seconds", 0.2)
        yield go_on
        go_on.set()


async def test_a_slow_command_is_answered_in_time_and_again_when_it_is_done(
    known: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness = known
    with slow_database(harness, monkeypatch) as go_on:
        outcome = await harness.ben.command(COMMAND_FLAG, "Acme late 3 invoice open", harness.general)
        assert outcome.message is not None
        assert "One moment" in outcome.message.text
        go_on.set()
        await slack_of(harness.bot).dispatch.drain(5)
    last = harness.ben.read()[-1] if "Recorded" in harness.sees(harness.ben) else harness.ben.read(harness.general)[-1]
    assert "One moment" not in last.text
    assert len(await recorded(harness)) == 1


async def test_a_slow_form_stays_open_and_is_recorded_once(known: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    harness = known
    await harness.ben.global_shortcut(ids.SHORTCUT_FLAG)
    await fill_in(harness.ben)
    with slow_database(harness, monkeypatch) as go_on:
        await harness.ben.submit()
        assert any("Your text is safe" in error for error in harness.ben.view.errors.values())
        go_on.set()
        await slack_of(harness.bot).dispatch.drain(5)
    assert (await harness.ben.submit()).ok
    assert harness.ben.views == []
    assert len(await recorded(harness)) == 1


async def test_a_slow_click_is_acknowledged_and_done(known: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    harness = known
    receipt = (await harness.ben.command(COMMAND_FLAG, "Acme late 3 invoice open")).message
    assert receipt is not None
    with slow_database(harness, monkeypatch) as go_on:
        assert (await harness.ben.click(receipt, ids.FLAG_UNDO)).ok
        assert len(await recorded(harness)) == 1
        go_on.set()
        await slack_of(harness.bot).dispatch.drain(5)
    assert await recorded(harness) == []


async def test_a_trigger_that_ran_out_is_explained(harness: Harness) -> None:
    harness.world.faults.add("views.open", error="expired_trigger_id")
    outcome = await harness.ben.command(COMMAND_FLAG)
    assert outcome.message is not None
    assert "took too long" in outcome.message.text
    assert harness.ben.views == []


@pytest.mark.parametrize(
    "fault",
    [
        {"error": "internal_error"},
        {"status": 503},
        {"status": 429, "retry_after": "30"},
        {"drop": "before"},
        {"drop": "after"},
        {"body": "<html>"},
        {"body": '{"ok": tru', "content_type": "application/json"},
        {"body": "[1]", "content_type": "application/json"},
        {"body": "upstream connect error", "content_type": "text/plain"},
    ],
)
async def test_a_form_that_slack_does_not_open_is_explained(http_harness: Harness, fault: dict[str, Any]) -> None:
    http_harness.world.faults.add("views.open", **fault)
    outcome = await http_harness.ben.command(COMMAND_FLAG)
    assert outcome.message is not None
    assert "Slack isn’t answering me properly right now" in outcome.message.text


async def test_what_nobody_foresaw_gives_a_reference_that_stands_in_the_log(
    http_harness: Harness, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    harness = http_harness
    await a_client(harness, "Acme", flags=0)

    async def broken() -> None:
        raise RuntimeError("canary-detail")

    before = FAILURES.labels(boundary="listener")._value.get()
    with hindered(harness, monkeypatch, broken, WRITING):
        outcome = await harness.ben.command(COMMAND_FLAG, "Acme late 3 invoice open")
    assert outcome.message is not None
    said, _, typed = outcome.message.text.partition("\n")
    assert typed == f"You typed: {COMMAND_FLAG} Acme late 3 invoice open"
    reference = said.rpartition(": ")[2].rstrip(".")
    told = "".join(capfd.readouterr())
    assert f"reference={reference}" in told
    assert "canary-detail" not in told
    assert "canary-detail" not in outcome.message.text
    assert FAILURES.labels(boundary="listener")._value.get() == before + 1
    assert await recorded(harness) == []


async def test_an_answer_that_cannot_be_sent_undoes_nothing(http_harness: Harness) -> None:
    """The response URL is gone when the click is answered: what was clicked is done all the same."""
    harness = http_harness
    await a_client(harness, "Acme", flags=0)
    receipt = (await harness.ben.command(COMMAND_FLAG, "Acme late 3 invoice open")).message
    assert receipt is not None
    await harness.ben.click(receipt, ids.FLAG_UNDO)
    click = harness.world.dispatcher.deliveries[-1]
    for url in ("http://127.0.0.1:9/gone", f"{harness.world.base_url}/actions/no/such", "not an address"):
        click.payload["response_url"] = url
        answer = await harness.world.dispatcher.redeliver(click)
        assert answer.status == 200
    assert await recorded(harness) == []
    await harness.settle()
    assert harness.sees(harness.ben).count("was done. I couldn’t tell you where you asked.") == 3


async def test_what_cannot_be_said_in_a_window_is_said_in_a_message(http_harness: Harness) -> None:
    http_harness.world.faults.add("views.open", times=2, error="expired_trigger_id")
    assert (await http_harness.ben.global_shortcut(ids.SHORTCUT_FLAG)).ok
    await http_harness.settle()
    assert "it may not have been done" in http_harness.sees(http_harness.ben)


async def test_typed_text_in_a_sentence_cannot_come_alive(http_harness: Harness) -> None:
    outcome = await http_harness.ben.command(COMMAND_DOSSIER, "<!channel> <@U012AB3CD>")
    assert outcome.message is not None
    assert "<!channel>" not in json.dumps(outcome.answer.body if outcome.answer else "", ensure_ascii=False)
