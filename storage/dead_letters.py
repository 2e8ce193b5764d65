"""Notices that were given up on, in SQL: what they are, and what a person decides about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, literal_column, select, update

from bot.usecases.ports.outbox import DeadLetter
from storage.outbox_claim import OUTBOX
from storage.prepared import Prepared

_IS_DEAD = OUTBOX.c.state == literal_column("'dead'")
_OF = (OUTBOX.c.workspace_id == bindparam("workspace"), _IS_DEAD)
_LIST = Prepared(
    lambda _: (
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
)
_ALL_OF_THEM = update(OUTBOX).where(*_OF)
_ALL = Prepared(lambda _: _ALL_OF_THEM)
_ONE = Prepared(lambda _: _ALL_OF_THEM.where(OUTBOX.c.id == bindparam("intent")))


class SqlDeadLetters:
    """The part of `Outbox` about dead letters; `on_due` is called wherever something has to be sent at once."""

    def __init__(self, connection: Connection, on_due: Callable[[], object]) -> None:
        self._connection = connection
        self._on_due = on_due

    def dead_letters(self, workspace_id: int) -> list[DeadLetter]:
        rows = _LIST.rows(self._connection, {"workspace": workspace_id})
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
        if intent is None:
            changed = _ALL.changed(self._connection, {"workspace": workspace_id, **values})
        else:
            changed = _ONE.changed(self._connection, {"workspace": workspace_id, "intent": intent, **values})
        return self._due(changed)

    def _due(self, changed: int) -> int:
        """Say that `changed` notices go out now, or no longer hold up others; returns how many these are."""
        if changed:
            self._on_due()
        return changed
