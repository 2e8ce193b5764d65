"""`PushbackRepository` in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from bot.domain.pushback import Pushback, PushbackKind
from storage.tables.pushback import PUSHBACK


class SqlPushbackRepository:
    """`PushbackRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, pushback: Pushback) -> Pushback:
        values = {**asdict(pushback), "kind": pushback.kind.value}
        del values["id"]
        row = self._connection.execute(insert(PUSHBACK).values(**values).returning(PUSHBACK)).mappings().one()
        return _pushback(row)

    def find(self, workspace_id: int, pushback_id: int) -> Pushback | None:
        found = self._all(PUSHBACK.c.id == pushback_id, PUSHBACK.c.workspace_id == workspace_id)
        return found[0] if found else None

    def of_decision(self, decision_id: int) -> list[Pushback]:
        return self._all(PUSHBACK.c.decision_id == decision_id)

    def of_client(self, client_id: int) -> list[Pushback]:
        return self._all(PUSHBACK.c.client_id == client_id)

    def unsettled(self, workspace_id: int) -> list[Pushback]:
        return self._all(PUSHBACK.c.workspace_id == workspace_id, PUSHBACK.c.settled_at.is_(None))[::-1]

    def _all(self, *where: ColumnElement[bool]) -> list[Pushback]:
        rows = self._connection.execute(select(PUSHBACK).where(*where).order_by(PUSHBACK.c.id.desc())).mappings()
        return [_pushback(row) for row in rows]

    def settle(self, pushback_id: int, settled_by_id: int, now: datetime) -> bool:
        is_open = (PUSHBACK.c.id == pushback_id, PUSHBACK.c.settled_at.is_(None))
        changed = update(PUSHBACK).where(*is_open).values(settled_by_id=settled_by_id, settled_at=now)
        return self._connection.execute(changed).rowcount == 1


def _pushback(row: Mapping[Any, Any]) -> Pushback:
    return Pushback(**{**row, "kind": PushbackKind(row["kind"])})
