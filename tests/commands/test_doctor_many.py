"""`flagclient doctor` for a bot that many workspaces install: each of them is looked at."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator

import pytest

from bot.commands.console import Exit
from storage.repositories.sealing import new_key
from tests.commands.conftest import Call, Ended
from tests.installed_harness import InstalledHarness, many_staged


@pytest.fixture
async def harness(sqlite_url: str) -> AsyncIterator[InstalledHarness]:
    """A bot that nobody has installed yet."""
    async with many_staged(sqlite_url) as ready:
        os.chmod(sqlite_url.removeprefix("sqlite:///"), 0o600)
        yield ready


async def examined(call: Call, harness: InstalledHarness, *command: str, **variables: str) -> Ended:
    """What doctor, or another command, says of this harness."""
    settings = harness.bot.settings
    environment = {
        "SLACK_CLIENT_ID": settings.slack_client_id,
        "SLACK_CLIENT_SECRET": settings.slack_client_secret.get_secret_value(),
        "SLACK_SIGNING_SECRET": settings.slack_signing_secret.get_secret_value(),
        "SLACK_API_URL": settings.slack_api_url,
        "FLAGCLIENT_ENCRYPTION_KEY": settings.encryption_key.get_secret_value(),
        "DATABASE_URL": settings.database_url,
    }
    return await call(*(command or ("doctor",)), **{**environment, **variables})


async def test_that_nobody_has_installed_it_is_said(call: Call, harness: InstalledHarness) -> None:
    ended = await examined(call, harness)
    assert ended.code == Exit.PROBLEMS_FOUND
    assert "!!  workspaces: None has installed the app yet." in ended.said


async def test_each_workspace_is_looked_at(call: Call, harness: InstalledHarness) -> None:
    await harness.install(harness.agency, harness.lotte)
    await harness.install(harness.school, harness.sarah)
    harness.school.installation.revoke_scope("pins:write")
    ended = await examined(call, harness)
    agency, school = harness.agency.team_id, harness.school.team_id
    assert f"ok  {agency} admins" in ended.said
    assert f"ok  {agency} scopes" in ended.said
    assert f"!!  {school} scopes: Missing: pins:write." in ended.said
    assert f"flagclient settings set --workspace {agency} alert_channel CHANNEL_ID" in ended.said


async def test_a_token_that_slack_refuses_is_got_again_by_installing(call: Call, harness: InstalledHarness) -> None:
    await harness.install(harness.agency, harness.lotte)
    token = harness.agency.bot_token
    harness.agency.connect_http("http://127.0.0.1:9/")
    harness.agency.installation.uninstall()
    ended = await examined(call, harness)
    assert "bot token: Slack refuses it (account_inactive). Have somebody there install the app again" in ended.said
    assert token not in ended.said


async def test_a_key_that_opens_nothing_is_named(call: Call, harness: InstalledHarness) -> None:
    await harness.install(harness.agency, harness.lotte)
    ended = await examined(call, harness, FLAGCLIENT_ENCRYPTION_KEY=new_key())
    assert ended.code == Exit.PROBLEMS_FOUND
    assert "FLAGCLIENT_ENCRYPTION_KEY does not open it" in ended.said


async def test_what_is_missing_in_the_environment_is_named(call: Call, harness: InstalledHarness) -> None:
    ended = await examined(call, harness, SLACK_CLIENT_SECRET="")
    assert "!!  environment: SLACK_CLIENT_ID is set without SLACK_CLIENT_SECRET." in ended.said


async def test_whoever_is_named_is_looked_for_in_that_workspace(call: Call, harness: InstalledHarness) -> None:
    await harness.install(harness.agency, harness.lotte)
    await harness.install(harness.school, harness.sarah)
    chosen = ("settings", "set", "--workspace", harness.agency.team_id, "reviewers")
    refused = await examined(call, harness, *chosen, harness.sarah.id)
    assert (refused.code, "Nothing was changed." in refused.said) == (Exit.USAGE, True)
    assert (await examined(call, harness, *chosen, harness.lotte.id)).code == Exit.OK
    silent = await examined(call, harness, *chosen, harness.lotte.id, FLAGCLIENT_ENCRYPTION_KEY=new_key())
    assert (silent.code, "Slack could not be asked" in silent.said) == (Exit.OK, True)
