"""`flagclient settings`: what is shown, what is refused, and that a running bot takes changes over."""

from __future__ import annotations

import pytest

from bot.commands.console import Exit
from tests.commands.conftest import Call
from tests.stage import Stage


async def test_without_a_workspace_it_says_what_to_do(call: Call) -> None:
    ended = await call("settings", "show")
    assert ended.code == Exit.USAGE
    assert "There is no workspace yet" in ended.said


async def test_every_setting_is_shown_with_its_value(call: Call, http_stage: Stage, sqlite_url: str) -> None:
    ended = await call("settings", "show", DATABASE_URL=sqlite_url)
    assert ended.code == Exit.OK
    shown = dict(line.split(None, 1) if " " in line.strip() else (line, "") for line in ended.said.splitlines())
    assert shown["alert_channel"].strip() == http_stage.alerts.id
    assert shown["admins"].strip() == http_stage.anna.id
    assert {"language", "country", "zone", "reviewers"} <= shown.keys()


async def test_a_change_is_taken_over_by_the_running_bot(call: Call, both_stage: Stage) -> None:
    stage = both_stage
    url = stage.bot.settings.database_url
    ended = await call("settings", "set", "reviewers", f"{stage.ben.id},{stage.carla.id}", DATABASE_URL=url)
    assert ended.code == Exit.OK
    assert stage.ben.id in ended.said
    assert (await call("settings", "set", "language", "nl", DATABASE_URL=url)).code == Exit.OK
    assert await stage.team.members.refresh()
    workspace = await stage.team.members.workspace(stage.world.team_id)
    assert workspace.settings.language == "nl"
    actor = await stage.team.members.actor(stage.world.team_id, stage.ben.id, None)
    assert getattr(actor, "person").is_reviewer  # noqa: B009 (a stranger has none)


@pytest.mark.parametrize(
    ("key", "value", "sign"),
    [
        ("colour", "blue", "There is no setting called “colour”"),
        ("language", "fr", "doesn’t fit the setting “language”"),
        ("reviewers", "<@U1>", "give user ids"),
        ("admins", "", "a workspace needs an admin"),
        ("zone", "Mars/Base", "doesn’t fit the setting “zone”"),
    ],
)
async def test_what_does_not_fit_is_refused_with_a_sentence(
    call: Call, http_stage: Stage, key: str, value: str, sign: str
) -> None:
    url = http_stage.bot.settings.database_url
    before = await call("settings", "show", DATABASE_URL=url)
    ended = await call("settings", "set", key, value, DATABASE_URL=url)
    assert ended.code == Exit.USAGE
    assert sign in ended.said
    assert (await call("settings", "show", DATABASE_URL=url)).said == before.said


async def test_another_workspace_is_named_by_its_team(call: Call, http_stage: Stage) -> None:
    url = http_stage.bot.settings.database_url
    ended = await call("settings", "show", "--workspace", "T0OTHER", DATABASE_URL=url)
    assert ended.code == Exit.USAGE
    assert http_stage.world.team_id in ended.said
