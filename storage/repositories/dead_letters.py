"""Notices that were given up on, in SQL: what they are, and what a person decides about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, select, update

from bot.usecases.ports.outbox import DeadLetter
from storage.tables.outbox import OUTBOX


class SqlDeadLetters:
    """The part of `Outbox` about dead letters; `on_due` is called wherever something has to be sent at once."""

    def __init__(self, connection: Connection, on_due: Callable[[], object]) -> None:
        self._connection = connection
        self._on_due = on_due

    def dead_letters(self, workspace_id: int) -> list[DeadLetter]:
        columns = OUTBOX.c["id", "kind", "lane", "put_at", "done_at", "attempts", "reason", "code"]
        rows = self._connection.execute(select(*columns).where(_dead(workspace_id)).order_by(OUTBOX.c.position))
        return [
            DeadLetter(intent, kind, lane, put_at, done_at, attempts, reason or "", code or "")
            for intent, kind, lane, put_at, done_at, attempts, reason, code in rows
        ]

    def revive(self, workspace_id: int, now: datetime, intent: str | None = None) -> int:
        again = {"state": "pending", "due_at": now, "done_at": None, "attempts": 0}
        return self._settle(workspace_id, intent, again)

    def discard(self, workspace_id: int, now: datetime, intent: str | None = None) -> int:
        return self._settle(workspace_id, intent, {"state": "obsolete", "done_at": now})

    def _settle(self, workspace_id: int, intent: str | None, values: dict[str, Any]) -> int:
        statement = update(OUTBOX).where(_dead(workspace_id))
        if intent is not None:
            statement = statement.where(OUTBOX.c.id == intent)
        return self._due(self._connection.execute(statement.values(values)).rowcount)

    def _due(self, changed: int) -> int:
        """Say that `changed` notices go out now, or no longer hold up others; returns how many these are."""
        if changed:
            self._on_due()
        return changed


def _dead(workspace_id: int) -> ColumnElement[bool]:
    return and_(OUTBOX.c.workspace_id == workspace_id, OUTBOX.c.state == "dead")
