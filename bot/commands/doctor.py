"""`flagclient doctor`: what is missing or wrong, in plain words."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import yaml

from bot.commands.console import Exit, load_settings, say
from bot.commands.manifest import manifest_path
from bot.settings import Settings
from bot.usecases.audit import broken_entries
from bot.usecases.ports import UnitOfWork
from bot.usecases.ports.database import DatabaseUnavailableError
from handlers.slack.doctor import Finding, Tokens, examine
from storage.database import open_database
from storage.locations import DatabaseUrlError, parse_url
from storage.quarantine import is_quarantined
from storage.revision import is_current

DELAYED_EVENTS = (
    "In the app’s settings under Event Subscriptions, switch on Delayed Events: Slack then repeats for a day."
)
ENVIRONMENT_FILE = Path(".env")


def doctor() -> None:
    """Look at tokens, scopes, channels, database and clock; exit code 1 when something needs doing."""
    findings = asyncio.run(_collect(load_settings()))
    for finding in findings:
        say(f"{'ok' if finding.is_well else '!!'}  {finding.subject}{': ' + finding.advice if finding.advice else ''}")
    say(f"--  {DELAYED_EVENTS}")
    if not all(finding.is_well for finding in findings):
        raise SystemExit(int(Exit.PROBLEMS_FOUND))


async def _collect(settings: Settings) -> list[Finding]:
    found = [*_secrets(settings)]
    alert_channel, about_database = await _database(settings.database_url)
    found += about_database
    found += [finding async for finding in _slack(settings, alert_channel)]
    return found


def _secrets(settings: Settings) -> Iterator[Finding]:
    """Files with tokens or dossiers in them that anybody on this machine can read."""
    location = _file_of(settings.database_url)
    for path in (ENVIRONMENT_FILE, location):
        if path is not None and path.exists() and path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
            yield Finding(False, str(path), f"Others on this machine can read it. Run: chmod 600 {path}")


def _file_of(url: str) -> Path | None:
    try:
        location = parse_url(url)
    except DatabaseUrlError:
        return None
    return location if isinstance(location, Path) else None


async def _database(url: str) -> tuple[str, list[Finding]]:
    """The alert channel that is set, and how the database is."""
    file = _file_of(url)
    if file is not None and not file.exists():
        return "", [Finding(False, "database", f"There is none yet at {file}. `flagclient run` makes it.")]
    try:
        database = open_database(url)
    except DatabaseUrlError as error:
        return "", [Finding(False, "database", str(error))]
    try:
        if not is_current(await database.schema_revision()):
            return "", [Finding(False, "database", "It is not at this version’s schema. Run: flagclient migrate")]
        alert_channel, findings = await database.read(_workspace)
        return alert_channel, [Finding(True, "database"), *findings, _quarantine(await is_quarantined(database))]
    except DatabaseUnavailableError:
        return "", [Finding(False, "database", "It cannot be reached. Check DATABASE_URL.")]
    finally:
        await database.close()


def _workspace(uow: UnitOfWork) -> tuple[str, list[Finding]]:
    workspaces = uow.people.workspaces()
    if not workspaces:
        return "", []
    has_admin = bool(uow.people.admins(workspaces[0].id))
    advice = "" if has_admin else "Nobody is. Name somebody: flagclient settings set admins USER_ID"
    found = [Finding(has_admin, "admins", advice), _trail(uow, workspaces[0].id), _dead_letters(uow)]
    return workspaces[0].settings.alert_place, found


def _dead_letters(uow: UnitOfWork) -> Finding:
    count = uow.outbox.counts()["dead"]
    advice = f"Given up on: {count}. Look at each with: flagclient outbox list. Then revive or discard it."
    return Finding(not count, "messages", advice if count else "")


def _trail(uow: UnitOfWork, workspace_id: int) -> Finding:
    is_whole = not broken_entries(uow, workspace_id)
    return Finding(is_whole, "audit trail", "" if is_whole else "A seal is broken. See where: flagclient audit")


def _quarantine(is_held: bool) -> Finding:
    if is_held:
        return Finding(
            False, "sending", "This is a restored copy and sends nothing. Run: flagclient restore --resume-sending"
        )
    return Finding(True, "sending")


async def _slack(settings: Settings, alert_channel: str) -> AsyncIterator[Finding]:
    if not settings.has_tokens:
        yield Finding(False, "bot token", "SLACK_BOT_TOKEN is not set, so `flagclient run` starts a playground.")
        return
    tokens = Tokens(
        bot=settings.slack_bot_token.get_secret_value(),
        app=settings.slack_app_token.get_secret_value(),
        api_url=settings.slack_api_url,
    )
    if not tokens.app and not settings.slack_signing_secret.get_secret_value():
        yield Finding(False, "transport", "Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.")
    async for finding in examine(tokens, _scopes(), alert_channel):
        yield finding


def _scopes() -> list[str]:
    manifest = yaml.safe_load(manifest_path().read_text(encoding="utf-8"))
    scopes: list[str] = manifest["oauth_config"]["scopes"]["bot"]
    return scopes
