"""`flagclient settings show` and `flagclient settings set`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, TypeVar

import typer

from bot.commands.console import CommandError, explained, load_settings, say
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.settings import change_setting, read_settings
from storage.database import open_database
from storage.schema import migrate

Result = TypeVar("Result")

app = typer.Typer(help="Show or change the settings of a workspace.", no_args_is_help=True)

WorkspaceOption = Annotated[
    str, typer.Option("--workspace", help="Slack's team id, needed only where there is more than one workspace.")
]


def _chosen(uow: UnitOfWork, team: str) -> Workspace:
    workspaces = uow.people.workspaces()
    fitting = [workspace for workspace in workspaces if team in ("", workspace.external_id)]
    if len(fitting) == 1:
        return fitting[0]
    if not workspaces:
        raise CommandError("There is no workspace yet: start the bot once, so that it gets to know yours.")
    teams = ", ".join(workspace.external_id for workspace in workspaces)
    raise CommandError(f"Say which workspace with --workspace: {teams}.")


def _transact(work: Callable[[UnitOfWork], Result]) -> Result:
    async def transact(url: str) -> Result:
        await migrate(url)
        database = open_database(url)
        try:
            return await database.write(work)
        finally:
            await database.close()

    url = load_settings().database_url
    with explained():
        return asyncio.run(transact(url))


@app.command()
def show(workspace: WorkspaceOption = "") -> None:
    """Show every setting with its value, reviewers and admins included."""
    values = _transact(lambda uow: read_settings(uow, _chosen(uow, workspace).id))
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
    stored = _transact(lambda uow: change_setting(uow, _chosen(uow, workspace).id, key, value, now))
    say(f"{key}  {stored}")
