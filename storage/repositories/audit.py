"""The audit trail in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import asdict, replace
from sqlalchemy import Connection, Integer, bindparam, insert, select, update

from bot.domain.audit import AuditAction, AuditDetail, AuditEntry, AuditHead, seal_of
from storage.engines.prepared import Prepared
from storage.engines.upsert import insert_if_absent
from storage.repositories.client_rows import family_of
from storage.tables.audit import AUDIT, AUDIT_HEAD

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
_NEWEST_ABOUT = Prepared(
    lambda _: (
        _ENTRIES.where(AUDIT.c.client_id.in_(select(family_of(bindparam("client")).c.id)))
        .order_by(AUDIT.c.number.desc())
        .limit(bindparam("most", type_=Integer))
    )
)
_ADD = Prepared(lambda _: insert(AUDIT))
_IS_HEAD = AUDIT_HEAD.c.workspace_id == bindparam("workspace")
_ADD_HEAD = Prepared(lambda connection: insert_if_absent(connection, AUDIT_HEAD))
_NEXT = Prepared(
    lambda _: (
        update(AUDIT_HEAD)
        .where(_IS_HEAD)
        .values(number=AUDIT_HEAD.c.number + 1)
        .returning(AUDIT_HEAD.c.number, AUDIT_HEAD.c.seal)
    )
)
_SEAL = Prepared(lambda _: update(AUDIT_HEAD).where(_IS_HEAD))


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
        _ADD.changed(self._connection, asdict(entry))
        _SEAL.changed(self._connection, {"workspace": workspace_id, "seal": entry.seal})

    def _next(self, workspace_id: int) -> tuple[int, str]:
        """The next number and the seal before it; whoever comes at the same moment waits for our commit."""
        _ADD_HEAD.changed(self._connection, {"workspace_id": workspace_id, "number": 0, "seal": ""})
        number, seal = _NEXT.one(self._connection, {"workspace": workspace_id})
        return number, seal

    def entries(self, workspace_id: int) -> list[AuditEntry]:
        entries = _ENTRIES.where(AUDIT.c.workspace_id == workspace_id).order_by(AUDIT.c.number)
        return [AuditEntry(**row) for row in self._connection.execute(entries).mappings()]

    def about(self, client_id: int, limit: int) -> list[AuditEntry]:
        newest = _NEWEST_ABOUT.mappings(self._connection, {"client": client_id, "most": limit})
        return [AuditEntry(**row) for row in newest]

    def head(self, workspace_id: int) -> AuditHead:
        head = select(AUDIT_HEAD.c.number, AUDIT_HEAD.c.seal).where(AUDIT_HEAD.c.workspace_id == workspace_id)
        row = self._connection.execute(head).one_or_none()
        return AuditHead(*row) if row else AuditHead()
