"""Things to do at a moment, in SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import Connection, Integer, bindparam, delete, func, select, text, update

from bot.usecases.ports.outbox import DueItem
from storage.engines.prepared import Prepared
from storage.engines.upsert import insert_or_update
from storage.tables.columns import UtcDateTime
from storage.tables.outbox import DUE

# Written out rather than built, because the builder leaves SKIP LOCKED out on SQLite without a word, and because
# PostgreSQL may run a plain sub-select with a limit more than once, where it runs this one exactly once.
CLAIM_IN = {
    "sqlite": """
        UPDATE due SET state = 'done', done_at = :now, attempts = attempts + 1
        WHERE id IN (
            SELECT id FROM due WHERE state = 'pending' AND due_at <= :now ORDER BY due_at, id LIMIT :most
        )
        RETURNING id, workspace_id, kind, subject, due_at, attempts
        """,
    "postgresql": """
        WITH picked AS MATERIALIZED (
            SELECT id FROM due WHERE state = 'pending' AND due_at <= :now ORDER BY due_at, id LIMIT :most
            FOR UPDATE SKIP LOCKED
        )
        UPDATE due SET state = 'done', done_at = :now, attempts = attempts + 1
        WHERE id IN (SELECT id FROM picked)
        RETURNING id, workspace_id, kind, subject, due_at, attempts
        """,
}
_CLAIM = Prepared(
    lambda connection: (
        text(CLAIM_IN[connection.dialect.name])
        .bindparams(bindparam("now", type_=UtcDateTime), bindparam("most", type_=Integer))
        .columns(DUE.c.id, DUE.c.workspace_id, DUE.c.kind, DUE.c.subject, DUE.c.due_at, DUE.c.attempts)
    )
)
_PUT = Prepared(lambda connection: insert_or_update(connection, DUE, ("workspace_id", "kind", "subject")))
_DROP = Prepared(
    lambda _: delete(DUE).where(
        DUE.c.workspace_id == bindparam("workspace"),
        DUE.c.kind == bindparam("kind"),
        DUE.c.subject == bindparam("about"),
    )
)
_NEXT_AT = Prepared(lambda _: select(func.min(DUE.c.due_at)).where(DUE.c.state == text("'pending'")))


class SqlDue:
    """`Due` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(
        self,
        workspace_id: int,
        kind: str,
        subject: str,
        due_at: datetime,
        *,
        local_at: datetime | None = None,
        zone: str | None = None,
    ) -> None:
        _PUT.changed(
            self._connection,
            {
                "workspace_id": workspace_id,
                "kind": kind,
                "subject": subject,
                "state": "pending",
                "due_at": due_at,
                "local_at": local_at,
                "zone": zone,
                "attempts": 0,
                "done_at": None,
            },
        )

    def drop(self, workspace_id: int, kind: str, subject: str) -> None:
        _DROP.changed(self._connection, {"workspace": workspace_id, "kind": kind, "about": subject})

    def claim(self, now: datetime, limit: int) -> list[DueItem]:
        items = [DueItem(*row) for row in _CLAIM.rows(self._connection, {"now": now, "most": limit})]
        items.sort(key=lambda item: (item.due_at, item.id))
        return items

    def retry(self, item: DueItem, at: datetime) -> None:
        again = update(DUE).where(DUE.c.id == item.id).values(state="pending", due_at=at, done_at=None)
        self._connection.execute(again)

    def recompute(self, instant: Callable[[datetime, str], datetime], zones: Mapping[int, str]) -> int:
        moved = 0
        on_wall_time = select(DUE).where(
            DUE.c.state == text("'pending'"), DUE.c.local_at.is_not(None), DUE.c.attempts == 0
        )
        for row in self._connection.execute(on_wall_time).all():
            zone = zones[row.workspace_id]
            due_at = instant(row.local_at, zone)
            if (due_at, zone) != (row.due_at, row.zone):
                self._connection.execute(update(DUE).where(DUE.c.id == row.id).values(zone=zone, due_at=due_at))
                moved += 1
        return moved

    def next_at(self) -> datetime | None:
        first: datetime | None = _NEXT_AT.scalar(self._connection)
        return first

    def prune(self, before: datetime) -> int:
        return self._connection.execute(delete(DUE).where(DUE.c.state == "done", DUE.c.done_at < before)).rowcount
