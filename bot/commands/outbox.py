"""`flagclient outbox`: what was given up on, and what is to become of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.commands.console import CommandError, say
from bot.commands.workspaces import WorkspaceOption, chosen_workspace, transact
from bot.usecases.ports import UnitOfWork
from bot.usecases.ports.outbox import DeadLetter

app = typer.Typer(
    help="Look at messages that were given up on, and send them again or let them go.", no_args_is_help=True
)

Letter = Annotated[str, typer.Argument(metavar="ID", help="One of the ids that `outbox list` shows.")]


@app.command("list")
def show(workspace: WorkspaceOption = "") -> None:
    """List what was given up on, oldest first: its id, what it was, when it was put and ended, and why."""
    letters = transact(lambda uow: uow.outbox.dead_letters(chosen_workspace(uow, workspace).id))
    for letter in letters:
        say(_line(letter))
    if not letters:
        say("Nothing was given up on.")


@app.command()
def revive(letter: Letter, workspace: WorkspaceOption = "") -> None:
    """Send one of them again; a running bot does so within seconds, and looks first whether it arrived after all."""
    _settle(letter, workspace, lambda uow, workspace_id, now: uow.outbox.revive(workspace_id, now, letter))
    say(f"{letter} is sent again as soon as the bot runs.")


@app.command()
def discard(letter: Letter, workspace: WorkspaceOption = "") -> None:
    """Let one of them go for good; what waits behind it goes on."""
    _settle(letter, workspace, lambda uow, workspace_id, now: uow.outbox.discard(workspace_id, now, letter))
    say(f"{letter} is let go.")


def _settle(letter: str, team: str, settle: Callable[[UnitOfWork, int, datetime], int]) -> None:
    now = datetime.now(UTC)

    def work(uow: UnitOfWork) -> None:
        if not settle(uow, chosen_workspace(uow, team).id, now):
            raise CommandError(f"Nothing that was given up on has the id {letter}. See: flagclient outbox list")

    transact(work)


def _line(letter: DeadLetter) -> str:
    why = f"{letter.reason} ({letter.code})" if letter.code else letter.reason
    columns = (
        letter.intent,
        letter.kind,
        letter.lane,
        f"{letter.put_at:%Y-%m-%d %H:%MZ}",
        f"{letter.dead_at:%Y-%m-%d %H:%MZ}",
        why,
    )
    return "  ".join(columns)
