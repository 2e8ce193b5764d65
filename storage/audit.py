"""The audit trail in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from bot.domain.audit import AuditAction, AuditDetail, AuditEntry, AuditHead, seal_of
from storage.client_rows import family_of
from storage.columns import METADATA
from storage.tables import AuditHeadRow, AuditRow
from storage.upsert import insert_if_absent

AUDIT = METADATA.tables[AuditRow.__tablename__]
AUDIT_HEAD = METADATA.tables[AuditHeadRow.__tablename__]

_ENTRIES = select(
    AUDIT.c.workspace_id,
    AUDIT.c.number,
    AUDIT.c.at,
    AUDIT.c.actor_id,
    AUDIT.c.action,
    AUDIT.c.client_id,
    AUDIT.c.subject,
    AUDIT.c.details,
    AUDIT.c.seal,
)


def _entry(row: Row[*tuple[Any, ...]]) -> AuditEntry:
    return AuditEntry(**row._mapping)


class SqlAuditTrail:
    """`AuditTrail` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(
        self,
        workspace_id: int,
        action: AuditAction,
        at: datetime,
        *,
        actor_id: int | None,
        client_id: int | None,
        subject: str,
        details: Mapping[str, AuditDetail],
    ) -> None:
        number, before = self._next(workspace_id)
        entry = AuditEntry(workspace_id, number, at, actor_id, action.value, client_id, subject, dict(details))
        entry = replace(entry, seal=seal_of(entry, before))
        self._connection.execute(insert(AUDIT), asdict(entry))
        self._connection.execute(
            update(AUDIT_HEAD).where(AUDIT_HEAD.c.workspace_id == workspace_id).values(seal=entry.seal)
        )

    def _next(self, workspace_id: int) -> tuple[int, str]:
        """The next number and the seal before it; whoever comes at the same moment waits for our commit."""
        first = {"workspace_id": workspace_id, "number": 0, "seal": ""}
        self._connection.execute(insert_if_absent(self._connection, AUDIT_HEAD), first)
        row = self._connection.execute(
            update(AUDIT_HEAD)
            .where(AUDIT_HEAD.c.workspace_id == workspace_id)
            .values(number=AUDIT_HEAD.c.number + 1)
            .returning(AUDIT_HEAD.c.number, AUDIT_HEAD.c.seal)
        ).one()
        return row.number, row.seal

    def entries(self, workspace_id: int) -> list[AuditEntry]:
        rows = self._connection.execute(_ENTRIES.where(AUDIT.c.workspace_id == workspace_id).order_by(AUDIT.c.number))
        return [_entry(row) for row in rows]

    def about(self, client_id: int, limit: int) -> list[AuditEntry]:
        newest = _ENTRIES.where(AUDIT.c.client_id.in_(select(family_of(client_id).c.id)))
        newest = newest.order_by(AUDIT.c.number.desc())
        return [_entry(row) for row in self._connection.execute(newest.limit(limit))]

    def head(self, workspace_id: int) -> AuditHead:
        row = self._connection.execute(
            select(AUDIT_HEAD.c.number, AUDIT_HEAD.c.seal).where(AUDIT_HEAD.c.workspace_id == workspace_id)
        ).one_or_none()
        return AuditHead(row.number, row.seal) if row else AuditHead()
