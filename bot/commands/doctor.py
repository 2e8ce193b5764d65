"""`flagclient doctor`: what is missing or wrong, in plain words."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.commands.console import Exit, load_settings, say
from bot.domain.settings_values import COUNTRY
from bot.platforms import StoredWorkspace, configured
from bot.settings import Settings
from bot.usecases.audit import broken_entries
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.database import DatabaseUnavailableError
from bot.usecases.settings import ROLES, alert_channel, read_settings, stored_problems
from handlers.surface.platform import Finding
from storage.backup.quarantine import is_quarantined
from storage.engines.database import open_database
from storage.engines.locations import DatabaseUrlError, parse_url
from storage.engines.revision import is_current

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
    stored, about_database = await _database(settings.database_url)
    found += about_database
    kits = configured(settings)
    if not kits:
        advice = "Neither SLACK_BOT_TOKEN nor SLACK_CLIENT_ID is set, so `flagclient run` starts a playground."
        return [*found, Finding(False, "bot token", advice)]
    for kit in kits:
        missing = kit.what_is_missing(settings)
        if missing is not None:
            found.append(Finding(False, "environment", missing))
        else:
            found += [finding async for finding in kit.examine(settings, stored)]
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


async def _database(url: str) -> tuple[list[StoredWorkspace], list[Finding]]:
    """The workspaces that there are, and how the database is."""
    file = _file_of(url)
    if file is not None and not file.exists():
        return [], [Finding(False, "database", f"There is none yet at {file}. `flagclient run` makes it.")]
    try:
        database = open_database(url)
    except DatabaseUrlError as error:
        return [], [Finding(False, "database", str(error))]
    try:
        if not is_current(await database.schema_revision()):
            return [], [Finding(False, "database", "It is not at this version’s schema. Run: flagclient migrate")]
        stored, findings = await database.read(_workspaces)
        return stored, [Finding(True, "database"), *findings, _quarantine(await is_quarantined(database))]
    except DatabaseUnavailableError as error:
        return [], [Finding(False, "database", f"It cannot be reached. Check DATABASE_URL. ({error})")]
    finally:
        await database.close()


def _workspaces(uow: UnitOfWork) -> tuple[list[StoredWorkspace], list[Finding]]:
    workspaces = uow.people.workspaces()
    several = len(workspaces) > 1
    stored, found = [], []
    for workspace in workspaces:
        installation = uow.installations.find(workspace.id)
        option = _option(workspace.external_id) if several else ""
        sealed = installation.sealed if installation else None
        chosen = read_settings(uow, workspace.id)
        people = {role: [one for one in chosen[role].split(",") if one] for role in ROLES}
        stored.append(StoredWorkspace(workspace.external_id, alert_channel(uow, workspace), sealed, option, people))
        findings = (
            *(_role(role, people[role], option) for role in ROLES),
            *_choices(workspace, option),
            _trail(uow, workspace.id, option),
        )
        found += [finding.of(workspace.external_id) if several else finding for finding in findings]
    return stored, [*found, _stuck(uow)] if workspaces else []


def _role(role: str, people: Sequence[str], option: str) -> Finding:
    advice = "" if people else f"Nobody is. Name somebody: flagclient settings set{option} {role} USER_ID"
    return Finding(bool(people), role, advice)


def _choices(workspace: Workspace, option: str) -> Iterator[Finding]:
    """Whether what was chosen can be; an earlier version took what cannot."""
    wrong = stored_problems(workspace)
    for key in dict.fromkeys((COUNTRY, *wrong)):
        reason = wrong.get(key, "")
        advice = f"{reason[0].upper()}{reason[1:]}: flagclient settings set{option} {key} VALUE" if reason else ""
        yield Finding(not reason, key, advice)


def _stuck(uow: UnitOfWork) -> Finding:
    counts = uow.outbox.counts()
    advice = (
        f"Stuck: {counts['parked']} waiting for something to be put right, {counts['dead']} given up on. "
        "Look at each with: flagclient outbox list. Then revive or discard it."
    )
    is_stuck = bool(counts["parked"] or counts["dead"])
    return Finding(not is_stuck, "messages", advice if is_stuck else "")


def _trail(uow: UnitOfWork, workspace_id: int, option: str) -> Finding:
    is_whole = not broken_entries(uow, workspace_id)
    return Finding(
        is_whole, "audit trail", "" if is_whole else f"A seal is broken. See where: flagclient audit{option}"
    )


def _quarantine(is_paused: bool) -> Finding:
    if is_paused:
        return Finding(
            False, "sending", "This is a restored copy and sends nothing. Run: flagclient restore --resume-sending"
        )
    return Finding(True, "sending")


def _option(external_id: str) -> str:
    """What makes a command be about this workspace among several."""
    return f" --workspace {external_id}"
