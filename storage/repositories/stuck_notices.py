"""Notices that go nowhere by themselves, in SQL: what they are, and what a person decides about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, select, update

from bot.usecases.ports.outbox import StuckNotice
from storage.tables.outbox import OUTBOX


class SqlStuckNotices:
    """The part of `Outbox` about what is stuck; `on_due` is called wherever something has to be sent at once."""

    def __init__(self, connection: Connection, on_due: Callable[[], object]) -> None:
        self._connection = connection
        self._on_due = on_due

    def stuck(self, workspace_id: int) -> list[StuckNotice]:
        columns = OUTBOX.c["id", "kind", "lane", "put_at", "done_at", "attempts", "reason", "code"]
        rows = self._connection.execute(select(*columns).where(_stuck(workspace_id)).order_by(OUTBOX.c.position))
        return [
            StuckNotice(intent, kind, lane, put_at, done_at, attempts, reason or "", code or "")
            for intent, kind, lane, put_at, done_at, attempts, reason, code in rows
        ]

    def revive(self, workspace_id: int, now: datetime, intent: str | None = None) -> int:
        again = {"state": "pending", "due_at": now, "done_at": None, "attempts": 0}
        return self._settle(workspace_id, intent, again)

    def discard(self, workspace_id: int, now: datetime, intent: str | None = None) -> int:
        return self._settle(workspace_id, intent, {"state": "obsolete", "done_at": now})

    def _settle(self, workspace_id: int, intent: str | None, values: dict[str, Any]) -> int:
        statement = update(OUTBOX).where(_stuck(workspace_id))
        if intent is not None:
            statement = statement.where(OUTBOX.c.id == intent)
        return self._due(self._connection.execute(statement.values(values)).rowcount)

    def _due(self, changed: int) -> int:
        """Say that `changed` notices go out now, or no longer hold up others; returns how many these are."""
        if changed:
            self._on_due()
        return changed


def _stuck(workspace_id: int) -> ColumnElement[bool]:
    return and_(OUTBOX.c.workspace_id == workspace_id, OUTBOX.c.state.in_(["parked", "dead"]))
