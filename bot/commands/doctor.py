"""`flagclient doctor`: what is missing or wrong, in plain words."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import typer
import yaml

from bot.commands.console import Exit, load_settings, say
from bot.commands.playground import manifest_path
from bot.settings import Settings
from bot.usecases.ports import UnitOfWork
from bot.usecases.ports.database import DatabaseUnavailableError
from handlers.slack.app import SlackConfig
from handlers.slack.doctor import Finding, examine
from storage.database import open_database
from storage.locations import DatabaseUrlError
from storage.quarantine import is_quarantined
from storage.revision import is_current

DELAYED_EVENTS = (
    "In the app’s settings under Event Subscriptions, switch on Delayed Events: Slack then repeats for a day."
)


def doctor() -> None:
    """Look at tokens, scopes, channels, database and clock; exit code 1 when something needs doing."""
    findings = asyncio.run(_collect(load_settings()))
    for finding in findings:
        say(f"{'ok' if finding.is_well else '!!'}  {finding.subject}{': ' + finding.advice if finding.advice else ''}")
    say(f"--  {DELAYED_EVENTS}")
    if not all(finding.is_well for finding in findings):
        raise typer.Exit(Exit.PROBLEMS_FOUND)


async def _collect(settings: Settings) -> list[Finding]:
    return [finding async for finding in _findings(settings)]


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    try:
        database = open_database(settings.database_url)
    except DatabaseUrlError as error:
        yield Finding(False, "database", str(error))
        return
    alert_channel = ""
    try:
        revision = await database.schema_revision()
        if is_current(revision):
            yield Finding(True, "database")
            alert_channel = await database.read(_alert_channel)
            yield _quarantine(await is_quarantined(database))
        else:
            yield Finding(False, "database", "It is not at this version’s schema. Run: flagclient migrate")
    except DatabaseUnavailableError:
        yield Finding(False, "database", "It cannot be reached. Check DATABASE_URL.")
    finally:
        await database.close()
    if not settings.has_tokens:
        yield Finding(False, "bot token", "SLACK_BOT_TOKEN is not set, so `flagclient run` starts a playground.")
        return
    config = SlackConfig(
        settings.slack_bot_token.get_secret_value(),
        settings.slack_app_token.get_secret_value(),
        settings.slack_signing_secret.get_secret_value(),
        settings.slack_api_url,
    )
    if not config.app_token and not config.signing_secret:
        yield Finding(False, "transport", "Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.")
    async for finding in examine(config, _scopes(), alert_channel, datetime.now(UTC)):
        yield finding


def _alert_channel(uow: UnitOfWork) -> str:
    workspaces = uow.people.workspaces()
    return workspaces[0].settings.alert_place if workspaces else ""


def _quarantine(is_held: bool) -> Finding:
    if is_held:
        return Finding(
            False, "sending", "This is a restored copy and sends nothing. Run: flagclient restore --resume-sending"
        )
    return Finding(True, "sending")


def _scopes() -> list[str]:
    manifest = yaml.safe_load(manifest_path().read_text(encoding="utf-8"))
    scopes: list[str] = manifest["oauth_config"]["scopes"]["bot"]
    return scopes
