"""Doing what is due: each row with its own handler, and a row that fails never holds up the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from bot.domain.delivery_outcome import Reason
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar
from bot.usecases.people.admins import tell_admins
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.outbox import DueItem

DueHandler = Callable[[UnitOfWork, DueItem, Workspace, datetime, WorkingCalendar], None]
"""Does what one kind of row is due for, in the transaction that took the row."""

TELL_AFTER = 5
"""How often a row fails, over a quarter of an hour, before the admins hear of it."""

RETRY_AFTER = timedelta(minutes=1)
MAX_RETRY = timedelta(hours=6)


class DueRun(Struct, frozen=True):
    """What came of a batch: how many rows were taken, and which of them failed, with the error."""

    taken: tuple[DueItem, ...]
    failed: tuple[tuple[DueItem, Exception], ...]


def run_due(
    uow: UnitOfWork,
    now: datetime,
    limit: int,
    calendar_for: Callable[[WorkspaceSettings], WorkingCalendar],
    handlers: Mapping[str, DueHandler],
) -> DueRun:
    """Take at most `limit` due rows, earliest first, and do what they are for.

    A row whose handler raises leaves no trace of its own, is due again later, and is reported to the caller; where it
    keeps failing the admins are told, once.
    """
    items = uow.due.claim(now, limit)
    workspaces: dict[int, Workspace] = {}
    failed: list[tuple[DueItem, Exception]] = []
    for item in items:
        workspace = workspaces.get(item.workspace_id)
        if workspace is None:
            workspace = workspaces[item.workspace_id] = uow.people.workspace(item.workspace_id)
        try:
            with uow.savepoint():
                handlers[item.kind](uow, item, workspace, now, calendar_for(workspace.settings))
        except Exception as error:  # noqa: BLE001 (a row of any capability can fail in any way)
            uow.due.retry(item, now + _pause(item.attempts))
            if item.attempts == TELL_AFTER:
                tell_admins(uow, item.workspace_id, Reason.KEEPS_FAILING, f"due:{item.kind}", now)
            failed.append((item, error))
    return DueRun(tuple(items), tuple(failed))


def _pause(attempts: int) -> timedelta:
    return min(RETRY_AFTER * (1 << min(attempts, 16)), MAX_RETRY)
