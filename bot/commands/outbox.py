"""`flagclient outbox`: what is stuck on its way, and what is to become of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.commands.console import CommandError, say
from bot.commands.workspaces import WorkspaceOption, chosen_workspace, transact
from bot.usecases.ports import UnitOfWork
from bot.usecases.ports.outbox import StuckNotice

app = typer.Typer(help="Look at messages that are stuck, and send them again or let them go.", no_args_is_help=True)

Letter = Annotated[str, typer.Argument(metavar="ID", help="One of the ids that `outbox list` shows.")]


@app.command("list")
def show(workspace: WorkspaceOption = "") -> None:
    """List what is stuck, oldest first: its id, whether it waits or was given up on, what it was, since when, and why.

    What waits is tried again every hour, once what stops it is put right at the latest.
    """
    stuck = transact(lambda uow: uow.outbox.stuck(chosen_workspace(uow, workspace).id))
    for notice in stuck:
        say(_line(notice))
    if not stuck:
        say("Nothing is stuck.")


@app.command()
def revive(
    letter: Letter = "",
    every: Annotated[bool, typer.Option("--all", help="Send all of them again.")] = False,
    workspace: WorkspaceOption = "",
) -> None:
    """Send one of them again; a running bot does so within seconds, and looks first whether it arrived after all."""
    if every == bool(letter):
        raise typer.BadParameter("Give an id that `outbox list` shows, or --all.")
    if every:
        now = datetime.now(UTC)
        count = transact(lambda uow: uow.outbox.revive(chosen_workspace(uow, workspace).id, now))
        say(f"Sent again as soon as the bot runs: {count}.")
        return
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
            raise CommandError(f"Nothing that is stuck has the id {letter}. See: flagclient outbox list")

    transact(work)


def _line(notice: StuckNotice) -> str:
    why = f"{notice.reason} ({notice.code})" if notice.code else notice.reason
    state = "waits" if notice.ended_at is None else f"given up {notice.ended_at:%Y-%m-%d %H:%MZ}"
    return "  ".join((notice.intent, notice.kind, notice.lane, f"{notice.put_at:%Y-%m-%d %H:%MZ}", state, why))
