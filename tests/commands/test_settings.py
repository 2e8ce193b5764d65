"""`flagclient settings`: what is shown, what is refused, and that a running bot takes changes over."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands.console import Exit
from tests.commands.conftest import Call
from tests.harness import Harness
from tests.processes import environment


async def test_without_a_workspace_it_says_what_to_do(call: Call) -> None:
    ended = await call("settings", "show")
    assert ended.code == Exit.USAGE
    assert "There is no workspace yet" in ended.said


async def test_every_setting_is_shown_with_its_value(call: Call, http_harness: Harness, sqlite_url: str) -> None:
    ended = await call("settings", "show", DATABASE_URL=sqlite_url)
    assert ended.code == Exit.OK
    lines = [line for line in ended.said.splitlines() if not line.startswith(" ")]
    shown = dict(line.split(None, 1) if " " in line.strip() else (line, "") for line in lines)
    assert shown["alert_channel"].strip() == http_harness.alerts.id
    assert shown["admins"].strip() == http_harness.anna.id
    assert {"language", "country", "zone", "reviewers"} <= shown.keys()
    assert "    From so many points on a client is watched.\n" in ended.said


async def test_settings_are_explained_in_the_language_of_the_workspace(call: Call, http_harness: Harness) -> None:
    url = http_harness.bot.settings.database_url
    await call("settings", "set", "language", "nl", DATABASE_URL=url)
    said = (await call("settings", "show", DATABASE_URL=url)).said
    assert "    Vanaf zoveel punten komt een klant op de radar.\n" in said
    assert "From so many points" not in said


async def test_a_change_is_taken_over_by_the_running_bot(call: Call, both_harness: Harness) -> None:
    harness = both_harness
    url = harness.bot.settings.database_url
    ended = await call("settings", "set", "reviewers", f"{harness.ben.id},{harness.carla.id}", DATABASE_URL=url)
    assert ended.code == Exit.OK
    assert harness.ben.id in ended.said
    assert (await call("settings", "set", "language", "nl", DATABASE_URL=url)).code == Exit.OK
    assert await harness.workspace.members.refresh()
    workspace = await harness.workspace.members.workspace(harness.world.team_id)
    assert workspace.settings.language == "nl"
    actor = await harness.workspace.members.actor(harness.world.team_id, harness.ben.id, None)
    assert getattr(actor, "person").is_reviewer  # noqa: B009 (a stranger has none)


@pytest.mark.parametrize(
    ("key", "value", "sign"),
    [
        ("colour", "blue", "There is no setting called “colour”"),
        ("language", "fr", "doesn’t fit the setting “language”"),
        ("reviewers", "<@U1>", "give user ids"),
        ("admins", "", "a workspace needs an admin"),
        ("zone", "Mars/Base", "doesn’t fit the setting “zone”"),
        ("watch_score", "-1", "write a number between 0.5 and 1000"),
        ("watch_score", "9", "write less than discuss_score, which is 8"),
        ("country", "XX", "no public holidays are known of XX"),
    ],
)
async def test_what_does_not_fit_is_refused_with_a_sentence(
    call: Call, http_harness: Harness, key: str, value: str, sign: str
) -> None:
    url = http_harness.bot.settings.database_url
    before = await call("settings", "show", DATABASE_URL=url)
    ended = await call("settings", "set", key, value, DATABASE_URL=url)
    assert ended.code == Exit.USAGE
    assert sign in ended.said
    assert (await call("settings", "show", DATABASE_URL=url)).said == before.said


@pytest.mark.parametrize(
    ("key", "value", "sign"),
    [
        ("reviewers", "{anna},U0NOBODY", "Nothing was changed. U0NOBODY is nobody in this workspace."),
        ("admins", "{gust}", "is a guest or from outside"),
        ("reviewers", "{bot}", "is a bot"),
        ("alert_channel", "C0NOWHERE", "C0NOWHERE is no channel that I can see."),
        ("alert_channel", "{elsewhere}", "/invite @Flagclient there first."),
        ("alert_channel", "{anna}", "write the id of the channel, such as C0123456789"),
        ("alert_channel", "client-care", "write the id of the channel"),
        ("reviewers", "anna,ben", "give user ids such as U012AB3CD"),
        ("reviewers", "u012ab3cd", "give user ids such as U012AB3CD"),
    ],
)
async def test_whoever_and_whatever_is_not_there_is_refused(
    call: Call, http_harness: Harness, sqlite_url: str, key: str, value: str, sign: str
) -> None:
    variables = environment(http_harness.world, Path(sqlite_url.removeprefix("sqlite:///")), "http")
    before = await call("settings", "show", **variables)
    world = http_harness.world
    elsewhere = world.add_channel("elsewhere", http_harness.anna)
    people = {"anna": http_harness.anna.id, "gust": http_harness.gust.id, "bot": world.bot_user_id}
    typed = value.format(elsewhere=elsewhere.id, **people)
    ended = await call("settings", "set", key, typed, **variables)
    assert ended.code == Exit.USAGE
    assert sign in ended.said
    assert (await call("settings", "show", **variables)).said == before.said


async def test_whoever_is_there_is_taken(call: Call, http_harness: Harness, sqlite_url: str) -> None:
    variables = environment(http_harness.world, Path(sqlite_url.removeprefix("sqlite:///")), "http")
    for key, value in (("reviewers", http_harness.ben.id), ("alert_channel", http_harness.alerts.id)):
        ended = await call("settings", "set", key, value, **variables)
        assert (ended.code, ended.said) == (Exit.OK, f"{key}  {value}\n")
    variables["SLACK_API_URL"] = "http://127.0.0.1:9/"
    ended = await call("settings", "set", "reviewers", http_harness.carla.id, **variables)
    assert ended.code == Exit.OK
    assert "Slack could not be asked" in ended.said


async def test_another_workspace_is_named_by_its_team(call: Call, http_harness: Harness) -> None:
    url = http_harness.bot.settings.database_url
    ended = await call("settings", "show", "--workspace", "T0OTHER", DATABASE_URL=url)
    assert ended.code == Exit.USAGE
    assert http_harness.world.team_id in ended.said
