"""`flagclient doctor`: each thing that can be wrong is found and named with a way out."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.commands.console import Exit
from bot.commands.doctor import DELAYED_EVENTS
from bot.usecases.ports import UnitOfWork
from bot.usecases.settings import change_role
from tests.commands.conftest import Call, Ended
from tests.factories import PERSON_IDS
from tests.harness import Harness, running_harness
from tests.processes import environment
from tests.test_clock_skew import LATENCY, set_ahead


@pytest.fixture
async def harness(sqlite_url: str) -> AsyncIterator[Harness]:
    """A bot whose everything is in order."""
    async with running_harness(sqlite_url, "http") as ready:
        os.chmod(sqlite_url.removeprefix("sqlite:///"), 0o600)
        yield ready


async def examined(call: Call, harness: Harness, transport: str = "socket", **variables: str) -> Ended:
    """What doctor says of this harness."""
    path = Path(harness.bot.settings.database_url.removeprefix("sqlite:///"))
    return await call("doctor", **{**environment(harness.world, path, transport), **variables})


async def test_all_is_well(call: Call, harness: Harness) -> None:
    ended = await examined(call, harness)
    assert ended.code == Exit.OK, ended.said
    lines = [line for line in ended.said.splitlines() if line]
    assert {line[:2] for line in lines} == {"ok", "--"}
    assert DELAYED_EVENTS in ended.said
    for subject in (
        "database",
        "reviewers",
        "admins",
        "country",
        "reviewers in Slack",
        "admins in Slack",
        "messages",
        "sending",
        "bot token",
        "scopes",
        "clock",
        "app token",
        "alert channel",
    ):
        assert f"ok  {subject}" in lines


async def test_a_missing_scope_is_named(call: Call, harness: Harness) -> None:
    harness.world.installation.revoke_scope("pins:write")
    ended = await examined(call, harness)
    assert ended.code == Exit.PROBLEMS_FOUND
    assert "!!  scopes: Missing: pins:write." in ended.said


@pytest.mark.parametrize(
    ("variables", "sign"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-canary"}, "Slack refuses it (invalid_auth). Copy SLACK_BOT_TOKEN again"),
        ({"SLACK_APP_TOKEN": "xapp-canary"}, "Slack refuses SLACK_APP_TOKEN (invalid_auth)"),
        (
            {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": ""},
            "!!  environment: SLACK_BOT_TOKEN is set, but nothing to listen with",
        ),
        ({"SLACK_BOT_TOKEN": ""}, "Neither SLACK_BOT_TOKEN nor SLACK_CLIENT_ID is set"),
        ({"SLACK_API_URL": "http://127.0.0.1:9/"}, "Slack cannot be reached"),
        ({"DATABASE_URL": "nonsense"}, "!!  database"),
        ({"DATABASE_URL": "sqlite:///none/yet.db"}, "There is none yet"),
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none"}, "It cannot be reached. Check DATABASE_URL."),
    ],
)
async def test_wrong_settings_are_named(call: Call, harness: Harness, variables: dict[str, str], sign: str) -> None:
    ended = await examined(call, harness, **variables)
    assert ended.code == Exit.PROBLEMS_FOUND
    assert sign in ended.said
    assert "canary" not in ended.said


async def test_an_old_schema_is_named(call: Call, harness: Harness, sqlite_url: str) -> None:
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as database:
        database.execute("UPDATE alembic_version SET version_num = '0000'")
        database.commit()
    assert "Run: flagclient migrate" in (await examined(call, harness)).said


@pytest.mark.parametrize(
    ("change", "sign"),
    [
        ("share", "shared with another organisation"),
        ("guest", "There are guests in the alert channel"),
        ("archive", "is archived"),
        ("leave", "cannot be seen"),
        ("unset", "None is set"),
    ],
)
async def test_an_alert_channel_that_cannot_serve_is_named(
    call: Call, harness: Harness, change: str, sign: str
) -> None:
    do: Any = harness.world.conversations
    match change:
        case "share":
            do.share(harness.alerts, "T0OTHER")
        case "guest":
            do.join(harness.alerts, harness.gust.id, harness.anna.id)
        case "archive":
            do.archive(harness.alerts, harness.anna.id)
        case "leave":
            do.remove(harness.alerts, harness.world.bot_user_id, harness.anna.id)
        case "unset":
            await harness.set("alert_channel", "")
    ended = await examined(call, harness)
    assert ended.code == Exit.PROBLEMS_FOUND
    assert sign in ended.said


async def test_a_clock_that_is_off_is_named(call: Call, harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    set_ahead(monkeypatch, 40)
    assert "ok  clock" in (await examined(call, harness)).said
    set_ahead(monkeypatch, -400)
    said = re.search(r"!!  clock: This machine’s clock is (\d+) seconds off", (await examined(call, harness)).said)
    assert said is not None
    assert abs(int(said[1]) - 400) < LATENCY


async def test_a_workspace_without_admin_is_named(call: Call, harness: Harness, sqlite_url: str) -> None:
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as database:
        database.execute("UPDATE person SET is_admin = 0")
        database.commit()
    assert "settings set admins" in (await examined(call, harness)).said


@pytest.mark.parametrize(("role", "user"), [("reviewers", "U0NOBODY"), ("admins", "gust")])
async def test_a_role_that_nobody_here_can_have_is_named(call: Call, harness: Harness, role: str, user: str) -> None:
    user = harness.gust.id if user == "gust" else user
    now = harness.clock.now()
    await harness.bot.database.write(
        lambda uow: change_role(uow, uow.people.workspaces()[0].id, role, user, now, PERSON_IDS)
    )
    ended = await examined(call, harness)
    assert ended.code == Exit.PROBLEMS_FOUND
    assert f"!!  {role} in Slack: {user} is " in ended.said


async def test_a_workspace_without_reviewer_is_named(call: Call, harness: Harness, sqlite_url: str) -> None:
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as database:
        database.execute("UPDATE person SET is_reviewer = 0")
        database.commit()
    assert "!!  reviewers: Nobody is. Name somebody: flagclient settings set" in (await examined(call, harness)).said


@pytest.mark.parametrize(
    ("key", "stored"), [("country", "XX"), ("country", "NL-ZZ"), ("currency", "XYZ"), ("watch_score", 8)]
)
async def test_what_an_earlier_version_took_is_named(call: Call, harness: Harness, key: str, stored: object) -> None:
    def choose(uow: UnitOfWork) -> None:
        uow.people.save_overrides(uow.people.workspaces()[0].id, {key: stored})

    await harness.bot.database.write(choose)
    ended = await examined(call, harness)
    assert ended.code == Exit.PROBLEMS_FOUND
    assert re.search(rf"^!!  {key}: [A-Z].+: flagclient settings set {key} VALUE$", ended.said, re.MULTILINE)


async def test_files_that_others_can_read_are_named(call: Call, harness: Harness, tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("PORT=3001\n", encoding="utf-8")
    path.chmod(0o644)
    ended = await examined(call, harness)
    assert "chmod 600 .env" in ended.said
    os.chmod(path, 0o600)
    assert "chmod 600" not in (await examined(call, harness)).said
