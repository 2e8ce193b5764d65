"""`flagclient erase` beside a running bot: nothing is left of a whole case, and the bot goes on."""

from __future__ import annotations

import os
import subprocess
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.commands.console import Exit
from bot.domain.audit import AuditAction
from bot.domain.model import Evidence
from bot.domain.names import normalized
from bot.usecases.actor import Actor
from bot.usecases.audit import broken_entries
from bot.usecases.flags.evidence import keep_evidence
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from handlers.slack.words import COMMAND_DEBRIEF, COMMAND_DOSSIER, COMMAND_FLAG
from storage.engines.locations import parse_url
from storage.privacy.tracked_messages import ABOUT, prefix_of
from tests.commands.conftest import Call
from tests.embedded_postgres import EmbeddedPostgres
from tests.factories import make_client, make_flag, make_person
from tests.handlers.slack.decision_setup import decide, talked_about, views
from tests.harness import Harness, running_harness, words
from tests.storage.privacy.client_rows import counted, fill_all_of, places_with

CANARY = "xylofoonkraai"
NAME = f"{CANARY} bv"


@pytest.fixture(autouse=True)
def programs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests on PostgreSQL, which have it in their name: its programs, of the version of its server."""
    if "postgres" in request.node.name:
        server: EmbeddedPostgres = request.getfixturevalue("postgres_server")
        monkeypatch.setenv("PATH", f"{server.programs}:{os.environ['PATH']}")


def _typed_everywhere(row: Any) -> Any:
    """What a row holds with the canary in every text."""
    return {key: _with_canary(value) for key, value in row.items()}


def _with_canary(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_canary(part) if key in ("text", "reason") else part for key, part in value.items()}
    return f"{CANARY} {value}" if isinstance(value, str) else value


async def whole_case(harness: Harness) -> int:
    """A client that was flagged, talked about, viewed and parted from, under a name that is the canary; its id.

    Every table that this leaves empty has a row with the canary in it.
    """
    await talked_about(harness)
    await views(harness, anna="part", ben="part", dirk="part")
    await decide(harness, harness.anna, "part")
    assert (await harness.anna.command(COMMAND_DEBRIEF, "Acme 2026-03-09 10:00")).ok
    await harness.settle()

    def fill(uow: UnitOfWork) -> dict[str, int]:
        workspace = uow.people.workspaces()[0]
        person = uow.people.person_by_external(workspace.id, "slack", harness.ben.id)
        assert person is not None
        admin = uow.people.person_by_external(workspace.id, "slack", harness.anna.id)
        assert admin is not None
        uow.people.set_roles(admin.id, is_reviewer=True, is_admin=True)
        client = uow.clients.by_name(workspace.id, "acme")
        assert client is not None
        uow.clients.rename(workspace.id, client.id, NAME, normalized(NAME))
        uow.clients.change(client.id, external_reference=CANARY)
        uow.erasure.rewrite_texts([client.id], _typed_everywhere)
        evidence = Evidence(CANARY, CANARY, harness.clock.now(), "")
        keep_evidence(uow, Actor(person, workspace.settings), "k", evidence, harness.clock.now())
        merged = make_client(uow, workspace, f"{CANARY} 2")
        uow.clients.merge(workspace.id, merged.id, client.id, person.id, harness.clock.now())
        place = uow.people.ensure_place(workspace.id, "slack", harness.alerts.id)
        uow.people.save_overrides(workspace.id, workspace.overrides)
        return {"workspace": workspace.id, "person": person.id, "place": place.id, "client": client.id}

    known = await harness.bot.database.write(fill)
    await harness.bot.database.transact(partial(fill_all_of, ids=known, word=CANARY))
    await harness.bot.refresh()
    return known["client"]


def said_of_the_client(harness: Harness) -> list[str]:
    """Every message of ours that stands anywhere in Slack and names the client; answers to an interaction pass."""
    return [
        words(message)
        for channel in harness.world.state.messages.values()
        for message in channel.values()
        if message.from_app and message.ephemeral_to is None and any(name in words(message) for name in ("Acme", NAME))
    ]


def bytes_with_canary(url: str, server: EmbeddedPostgres | None) -> int:
    """How often the canary is in the database's files; another program reads them, as SQLite has them open here."""
    path = parse_url(url)
    if isinstance(path, Path):
        files = sorted(path.parent.glob(f"{path.name}*"))
    else:
        assert server is not None
        files = [file for file in (server.directory / "base").rglob("*") if file.is_file()]
    found = subprocess.run(["/bin/cat", *map(str, files)], capture_output=True, check=True)  # noqa: S603
    return found.stdout.count(CANARY.encode())


async def test_nothing_is_left_of_a_whole_case_and_the_bot_goes_on(
    call: Call, both_harness: Harness, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness, database, url = both_harness, both_harness.bot.database, both_harness.bot.settings.database_url
    server = request.getfixturevalue("postgres_server") if url.startswith("postgres") else None
    monkeypatch.setattr("bot.commands.erase.datetime", SimpleNamespace(now=lambda _: harness.clock.now()))
    client_id = await whole_case(harness)
    assert len(said_of_the_client(harness)) > len(harness.world.state.channels)
    opening = harness.anna.read(harness.channel_of_case())[0]
    subjects = await database.transact(
        lambda connection: [row[0] for row in connection.exec_driver_sql("SELECT subject FROM message")]
    )
    assert {prefix_of(subject) for subject in subjects} >= {"alert", "discussion", "debrief", "decision"}
    assert {prefix_of(subject) for subject in subjects} <= set(ABOUT)
    assert all((await database.transact(counted)).values())

    asked = await call("erase", NAME, "--by", harness.anna.id, DATABASE_URL=url)
    assert asked.code == Exit.OK, asked.said
    assert "Nothing was erased yet. There is no way back; run it again with --yes." in asked.said
    assert "2 flags" in asked.said
    assert all((await database.transact(counted)).values())

    done = await call("erase", NAME, "--by", harness.anna.id, "--because", "objection", "--yes", DATABASE_URL=url)
    assert done.code == Exit.OK, done.said
    assert "The files of the database no longer hold it." in done.said
    assert "the channel review-0001: delete it in Slack" in done.said
    assert not any((await database.transact(counted)).values())
    assert await database.transact(partial(places_with, word=CANARY)) == []
    assert bytes_with_canary(url, server) == 0

    await harness.bot.refresh()
    outcome = await harness.anna.command(COMMAND_DOSSIER, NAME)
    assert outcome.message is not None
    assert "review" not in words(outcome.message)
    for button in (ids.EVALUATION_READ, ids.STATEMENT_START):
        assert (await harness.ben.click(opening, button)).ok
        assert "I can’t find that." in harness.in_windows(harness.ben)
        await harness.ben.close()
    await harness.settle()
    await harness.later(timedelta(days=200))
    states = await database.read(lambda uow: uow.outbox.counts())
    assert states == {"pending": 0, "sending": 0, "parked": 0, "dead": 0}
    assert not await database.transact(
        lambda connection: connection.exec_driver_sql("SELECT subject FROM message").all()
    )
    assert said_of_the_client(harness) == []

    def look(uow: UnitOfWork) -> Any:
        workspace = uow.people.workspaces()[0]
        assert broken_entries(uow, workspace.id) == ()
        admin = uow.people.person_by_external(workspace.id, "slack", harness.anna.id)
        assert admin is not None
        entries = [one for one in uow.audit.entries(workspace.id) if one.action == AuditAction.CLIENT_ERASED]
        assert [(one.client_id, one.actor_id, one.details["because"]) for one in entries] == [
            (client_id, admin.id, "objection"),
            (client_id + 1, admin.id, "objection"),
        ]

    await database.read(look)
    flagged = await harness.ben.command(COMMAND_FLAG, f'"{CANARY}" late 3 invoice 18 is open after 45 days')
    assert flagged.message is not None
    assert "Recorded" in words(flagged.message)
    anew = await database.read(lambda uow: uow.clients.by_name(uow.people.workspaces()[0].id, normalized(CANARY)))
    assert anew is not None
    assert anew.id > client_id + 1
    assert len(await database.read(lambda uow: uow.privacy.flags([anew.id]))) == 1


async def test_a_contact_is_erased_from_what_was_written(call: Call, http_harness: Harness) -> None:
    harness, url = http_harness, http_harness.bot.settings.database_url

    def fill(uow: UnitOfWork) -> None:
        workspace = uow.people.workspaces()[0]
        client = make_client(uow, workspace, "Acme")
        person = make_person(uow, workspace)
        make_flag(uow, client, person, what_happened=f"{CANARY} de Boer shouted.", contact_name=f"{CANARY} de Boer")
        make_flag(uow, client, person, what_happened="It was Boer.")
        uow.people.set_roles(
            uow.people.ensure_person(workspace.id, "slack", harness.anna.id, language="nl", zone="Europe/Amsterdam").id,
            is_reviewer=True,
            is_admin=True,
        )

    await harness.bot.database.write(fill)
    arguments = ("erase", "acme", "--contact", f"{CANARY} DE BOER", "--by", harness.anna.id)
    asked = await call(*arguments, DATABASE_URL=url)
    assert "Nothing was erased yet." in asked.said
    done = await call(*arguments, "--yes", DATABASE_URL=url)
    assert done.code == Exit.OK, done.said
    assert "from 2 rows" in done.said
    assert "1 text holds a word of the name" in done.said
    assert await harness.bot.database.transact(partial(places_with, word=CANARY)) == []
    assert bytes_with_canary(url, None) == 0


@pytest.mark.parametrize(
    ("arguments", "sign"),
    [
        (("Nobody", "--by", "anna"), "Nobody"),
        (("Acme", "--by", "U0STRANGER"), "U0STRANGER"),
        (("Acme",), "--by"),
        ((), "--by"),
        (("Acme", "--by", "anna", "--contact", "Piet"), "Piet"),
    ],
)
async def test_what_cannot_be_erased_is_named(
    call: Call, http_harness: Harness, arguments: tuple[str, ...], sign: str
) -> None:
    harness = http_harness
    await harness.bot.database.write(lambda uow: make_client(uow, uow.people.workspaces()[0], "Acme"))
    known = [harness.anna.id if one == "anna" else one for one in arguments]
    ended = await call("erase", *known, "--yes", DATABASE_URL=harness.bot.settings.database_url)
    assert ended.code == Exit.USAGE
    assert sign in ended.said


async def test_files_that_could_not_be_cleared_are_cleared_later(
    call: Call, http_harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness, url = http_harness, http_harness.bot.settings.database_url
    await harness.bot.database.write(lambda uow: make_client(uow, uow.people.workspaces()[0], "Acme"))

    async def held(url: str) -> bool:
        return False

    with monkeypatch.context() as patched:
        patched.setattr("bot.commands.erase.shred", held)
        ended = await call("erase", "Acme", "--by", harness.anna.id, "--yes", DATABASE_URL=url)
    assert "flagclient erase --finish" in ended.said
    assert "no longer hold it" not in ended.said
    finished = await call("erase", "--finish", DATABASE_URL=url)
    assert finished.code == Exit.OK
    assert finished.said == "The files of the database no longer hold it.\n"


async def test_a_copy_that_an_update_made_is_named(call: Call, http_harness: Harness) -> None:
    url = http_harness.bot.settings.database_url
    path = parse_url(url)
    assert isinstance(path, Path)
    copy = path.with_name(f"{path.name}.0002.backup")
    copy.touch()
    await http_harness.bot.database.write(lambda uow: make_client(uow, uow.people.workspaces()[0], "Acme"))
    ended = await call("erase", "Acme", "--by", http_harness.anna.id, "--yes", DATABASE_URL=url)
    assert str(copy) in ended.said


async def filled(harness: Harness) -> None:
    """Two clients, one of which is to be erased."""

    def fill(uow: UnitOfWork) -> None:
        workspace = uow.people.workspaces()[0]
        person = make_person(uow, workspace)
        for name in (NAME, "Umbra"):
            make_flag(uow, make_client(uow, workspace, name), person, what_happened=f"{name} was late.")

    await harness.bot.database.write(fill)


async def names_at(url: str) -> list[str]:
    async with running_harness(url, "http") as harness:
        return sorted(one.name for one in await harness.bot.database.read(lambda uow: uow.clients.names(1)))


async def test_restoring_a_backup_does_erasures_again(
    call: Call, database_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server = request.getfixturevalue("postgres_server") if database_url.startswith("postgres") else None
    copy = tmp_path / "copy"
    async with running_harness(database_url, "http") as harness:
        await filled(harness)
        assert (await call("backup", str(copy), DATABASE_URL=database_url)).code == Exit.OK
        assert (await call("erase", NAME, "--by", harness.anna.id, "--yes", DATABASE_URL=database_url)).code == Exit.OK
    for _ in range(2):
        ended = await call("restore", str(copy), "--force", DATABASE_URL=database_url)
        assert ended.code == Exit.OK, ended.said
        assert "1 erasure since that backup was done again." in ended.said
        assert bytes_with_canary(database_url, server) == 0
    async with running_harness(database_url, "http") as harness:
        database = harness.bot.database
        assert [one.name for one in await database.read(lambda uow: uow.clients.names(1))] == ["Umbra"]
        assert await database.transact(partial(places_with, word=CANARY)) == []
        entries = await database.read(lambda uow: uow.audit.entries(1))
        assert [(one.action, one.details.get("again")) for one in entries] == [("client_erased", True)]


async def test_a_backup_of_another_installation_keeps_its_clients(call: Call, sqlite_url: str, tmp_path: Path) -> None:
    copy, elsewhere = tmp_path / "copy", f"sqlite:///{tmp_path}/elsewhere.db"
    async with running_harness(sqlite_url, "http") as harness:
        await filled(harness)
        assert (await call("backup", str(copy), DATABASE_URL=sqlite_url)).code == Exit.OK
    assert (await call("migrate", DATABASE_URL=elsewhere)).code == Exit.OK
    async with running_harness(elsewhere, "http") as harness:
        later = harness.clock.now() + timedelta(seconds=1)
        await harness.bot.database.write(lambda uow: make_client(uow, uow.people.workspaces()[0], "Mine", now=later))
        assert (await call("erase", "Mine", "--by", harness.anna.id, "--yes", DATABASE_URL=elsewhere)).code == Exit.OK
    ended = await call("restore", str(copy), "--force", DATABASE_URL=elsewhere)
    assert ended.code == Exit.OK
    assert "done again" not in ended.said
    assert await names_at(elsewhere) == ["Umbra", NAME]


async def test_a_database_that_cannot_be_read_is_said_to_be_unknown(
    call: Call, sqlite_url: str, tmp_path: Path
) -> None:
    copy, broken = tmp_path / "copy", tmp_path / "broken.db"
    assert (await call("backup", str(copy), DATABASE_URL=sqlite_url)).code == Exit.OK
    broken.write_bytes(b"no database" * 1000)
    ended = await call("restore", str(copy), "--force", DATABASE_URL=f"sqlite:///{broken}")
    assert ended.code == Exit.OK, ended.said
    assert "could not be read, so I can’t tell what was erased" in ended.said
