"""Which workspace a command is about, who has it done, and a transaction on the database of the environment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Annotated, TypeVar, cast

import typer

from bot.commands.console import CommandError, explained, load_settings
from bot.usecases.ports import UnitOfWork, Workspace
from storage.engines.database import open_database
from storage.engines.schema import migrate

Result = TypeVar("Result")

WorkspaceOption = Annotated[
    str, typer.Option("--workspace", help="Slack's team id, needed only where there is more than one workspace.")
]

ByOption = Annotated[
    str, typer.Option("--by", help="The user id of the admin who has this done; the audit trail names them.")
]


def chosen_workspace(uow: UnitOfWork, team: str) -> Workspace:
    """The workspace that `team` names, or the only one; raises `CommandError` saying what to do."""
    workspaces = uow.people.workspaces()
    fitting = [workspace for workspace in workspaces if team in ("", workspace.external_id)]
    if len(fitting) == 1:
        return fitting[0]
    if not workspaces:
        raise CommandError(
            "There is no workspace yet: start the bot once, so that it gets to know yours, or have one install it."
        )
    teams = ", ".join(workspace.external_id for workspace in workspaces)
    raise CommandError(f"Say which workspace with --workspace: {teams}.")


def transact(work: Callable[[UnitOfWork], Result]) -> Result:
    """Run `work` as a transaction on the database at DATABASE_URL, brought to this version's schema first.

    Ends the command with a sentence when that cannot be done.
    """

    async def run(url: str) -> Result:
        await migrate(url)
        database = open_database(url)
        try:
            return await database.write(work)
        finally:
            await database.close()

    url = load_settings().database_url
    with explained():
        return asyncio.run(run(url))


class _RolledBackError(Exception):
    """What a transaction would have come to."""

    def __init__(self, result: object) -> None:
        super().__init__()
        self.result = result


def rehearse(work: Callable[[UnitOfWork], Result]) -> Result:
    """What `work` would come to; nothing of it is stored. Otherwise like `transact`."""

    def rolled_back(uow: UnitOfWork) -> None:
        raise _RolledBackError(work(uow))

    try:
        transact(rolled_back)
    except _RolledBackError as rehearsed:
        return cast(Result, rehearsed.result)
    raise AssertionError("a rehearsal came to nothing")
