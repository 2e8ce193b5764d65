"""Notices that were given up on, in SQL: what they are, and what a person decides about them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Update, bindparam, literal_column, select, update

from bot.usecases.ports.delivery import DeadLetter
from storage.outbox_claim import OUTBOX

_IS_DEAD = OUTBOX.c.state == literal_column("'dead'")
_OF = (OUTBOX.c.workspace_id == bindparam("workspace"), _IS_DEAD)
_LIST = (
    select(
        OUTBOX.c.id,
        OUTBOX.c.kind,
        OUTBOX.c.lane,
        OUTBOX.c.put_at,
        OUTBOX.c.done_at,
        OUTBOX.c.attempts,
        OUTBOX.c.reason,
        OUTBOX.c.code,
    )
    .where(*_OF)
    .order_by(OUTBOX.c.position)
)
_ALL = update(OUTBOX).where(*_OF)
_ONE = _ALL.where(OUTBOX.c.id == bindparam("intent"))


class SqlDeadLetters:
    """The part of `Outbox` about dead letters."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def dead_letters(self, workspace_id: int) -> list[DeadLetter]:
        rows = self._connection.execute(_LIST, {"workspace": workspace_id})
        return [
            DeadLetter(
                row.id, row.kind, row.lane, row.put_at, row.done_at, row.attempts, row.reason or "", row.code or ""
            )
            for row in rows
        ]

    def revive(self, workspace_id: int, now: datetime, intent: str | None = None) -> int:
        again = {"state": "pending", "due_at": now, "done_at": None, "attempts": 0}
        return self._settle(workspace_id, intent, again)

    def discard(self, workspace_id: int, now: datetime, intent: str | None = None) -> int:
        return self._settle(workspace_id, intent, {"state": "obsolete", "done_at": now})

    def _settle(self, workspace_id: int, intent: str | None, values: dict[str, Any]) -> int:
        statement: Update = _ALL if intent is None else _ONE
        named = {} if intent is None else {"intent": intent}
        return self._connection.execute(statement, {"workspace": workspace_id, **named, **values}).rowcount
