"""`flagclient settings show` and `flagclient settings set`."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.commands.console import Exit, fail, load_settings, say
from bot.commands.workspaces import WorkspaceOption, chosen_workspace, transact
from bot.domain.settings_values import ALERT_CHANNEL
from bot.platforms import StoredWorkspace, TypedIds, configured
from bot.platforms.known import PERSON_IDS, PLACE_IDS
from bot.usecases.ports import UnitOfWork
from bot.usecases.settings import ROLES, change_role, change_setting, read_settings
from handlers.surface.platform import PlatformSilentError

app = typer.Typer(help="Show or change the settings of a workspace.", no_args_is_help=True)


@app.command()
def show(workspace: WorkspaceOption = "") -> None:
    """Show every setting with its value, reviewers and admins included."""
    values = transact(lambda uow: read_settings(uow, chosen_workspace(uow, workspace).id))
    longest = max(len(key) for key in values)
    for key, value in values.items():
        say(f"{key:<{longest}}  {value}")


@app.command("set")
def change(
    key: Annotated[str, typer.Argument(help="One of the names that `settings show` lists.")],
    value: Annotated[str, typer.Argument(help="The new value; people as user ids, separated by commas.")],
    workspace: WorkspaceOption = "",
) -> None:
    """Change one setting; a running bot takes it over within seconds."""
    now = datetime.now(UTC)

    def work(uow: UnitOfWork) -> str:
        chosen = chosen_workspace(uow, workspace)
        if key in ROLES:
            return change_role(uow, chosen.id, key, value, now, PERSON_IDS[chosen.platform])
        return change_setting(uow, chosen.id, key, value, now, PLACE_IDS[chosen.platform])

    def check(uow: UnitOfWork) -> StoredWorkspace:
        # What is refused for how it is written need not be asked about.
        work(uow)
        chosen = chosen_workspace(uow, workspace)
        installation = uow.installations.find(chosen.id)
        raise _OnlyCheckedError(StoredWorkspace(chosen.external_id, "", installation.sealed if installation else None))

    if key in (*ROLES, ALERT_CHANNEL):
        try:
            transact(check)
        except _OnlyCheckedError as checked:
            _refuse_who_is_not_there(checked.workspace, key, value)
    stored = transact(work)
    say(f"{key}  {stored}")


class _OnlyCheckedError(Exception):
    """A value is written as it should be, and was not stored yet."""

    def __init__(self, workspace: StoredWorkspace) -> None:
        super().__init__()
        self.workspace = workspace


def _refuse_who_is_not_there(workspace: StoredWorkspace, key: str, value: str) -> None:
    """End the command where the platform does not know who or what was typed; one that cannot be asked is said."""
    settings = load_settings()
    typed = TypedIds(people=[part.strip() for part in value.split(",") if part.strip()])
    if key == ALERT_CHANNEL:
        typed = TypedIds(place=value.strip(" -"))
    for kit in configured(settings):
        if kit.what_is_missing(settings) is not None:
            continue
        try:
            refused = asyncio.run(kit.refusals(settings, workspace, typed))
        except PlatformSilentError:
            say("Slack could not be asked whether they are there. Look later with: flagclient doctor")
            continue
        if refused:
            raise fail(" ".join(["Nothing was changed.", *refused]), Exit.USAGE)
