"""`flagclient audit`: the trail of who did what, and whether it is as it was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer
from msgspec import Struct

from bot.commands.console import Exit, fail, say
from bot.commands.workspaces import WorkspaceOption, chosen_workspace, transact
from bot.domain.audit import AuditEntry
from bot.domain.errors import ClientUnknownError
from bot.usecases.audit import broken_entries, trail_of
from bot.usecases.ports import UnitOfWork

MAX_SHOWN = 1000
BY_THE_CLOCK = "-"


class _Trail(Struct, frozen=True):
    """What is shown: entries in order, who did them by platform id, and what is known of the whole trail."""

    entries: Sequence[AuditEntry]
    actors: Mapping[int, str]
    written: int
    seal: str
    broken: tuple[int, ...]


def audit(
    client: Annotated[str, typer.Option("--client", help="Only what was done about the client of this name.")] = "",
    workspace: WorkspaceOption = "",
) -> None:
    """List who did what, newest last, and check every seal; exit code 1 when the trail was tampered with."""
    trail = transact(lambda uow: _read(uow, workspace, client))
    for entry in trail.entries:
        say(_line(entry, trail.actors))
    if trail.broken:
        places = ", ".join(str(number) for number in trail.broken)
        raise fail(
            f"The trail is not as it was written. It was changed or cut short at or just before: {places}.",
            Exit.PROBLEMS_FOUND,
        )
    if not trail.written:
        say("Nothing was written yet.")
        return
    say(f"The trail is whole: {trail.written} entries. Note its last seal elsewhere, to compare with later:")
    say(trail.seal)


def _read(uow: UnitOfWork, team: str, client_name: str) -> _Trail:
    workspace = chosen_workspace(uow, team)
    entries: Sequence[AuditEntry] = uow.audit.entries(workspace.id)[-MAX_SHOWN:]
    if client_name:
        client = uow.clients.by_name(workspace.id, client_name)
        if client is None:
            raise ClientUnknownError(name=client_name)
        entries = trail_of(uow, client.id, MAX_SHOWN)[::-1]
    head = uow.audit.head(workspace.id)
    people = {entry.actor_id for entry in entries if entry.actor_id is not None}
    actors = uow.people.external_ids(people, workspace.platform)
    return _Trail(entries, actors, head.number, head.seal, broken_entries(uow, workspace.id))


def _line(entry: AuditEntry, actors: Mapping[int, str]) -> str:
    actor = BY_THE_CLOCK if entry.actor_id is None else actors.get(entry.actor_id, f"person:{entry.actor_id}")
    client = f"client:{entry.client_id}" if entry.client_id is not None else ""
    details = " ".join(f"{key}={value}" for key, value in sorted(entry.details.items()))
    columns = (
        f"{entry.number:>6}",
        f"{entry.at:%Y-%m-%d %H:%M:%SZ}",
        actor,
        entry.action,
        client,
        entry.subject,
        details,
    )
    return "  ".join(column for column in columns if column)
