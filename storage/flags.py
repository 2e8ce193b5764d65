"""Flags in SQL, with their history; views of colleagues and tasks come with them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, null, select, tuple_, update

from bot.domain.model import Flag, FlagContent, FlagState, ViewKind
from bot.domain.score import ScoredFlag
from bot.usecases.ports.flags import FlagRevision
from storage.columns import METADATA
from storage.flag_content import columns_of, content_from_json, content_json, flag_from
from storage.flag_tasks import SqlFlagTasks
from storage.flag_views import WITNESS, SqlFlagViews
from storage.prepared import Prepared
from storage.tables import ContactRow, FlagRevisionRow, FlagRow

FLAG = METADATA.tables[FlagRow.__tablename__]
REVISION = METADATA.tables[FlagRevisionRow.__tablename__]
CONTACT = METADATA.tables[ContactRow.__tablename__]

_IS_OPEN = FLAG.c.state == FlagState.OPEN.value

_LEFT_A_TRACE = FLAG.c.state.in_([FlagState.OPEN.value, FlagState.WITHDRAWN.value])

_ADD = Prepared(insert(FLAG).returning(FLAG.c.id))

_SCORED = Prepared(
    select(
        FLAG.c.id,
        FLAG.c.category,
        FLAG.c.severity,
        FLAG.c.happened_on,
        FLAG.c.reporter_id,
        FLAG.c.witness_count,
    ).where(FLAG.c.client_id == bindparam("client_id"), FLAG.c.happened_on >= bindparam("since"), _IS_OPEN)
)

FLAGS = select(FLAG, CONTACT.c.name.label("contact_name")).outerjoin_from(
    FLAG, CONTACT, CONTACT.c.id == FLAG.c.contact_id
)

_WITHOUT_TEXT: dict[str, Any] = {
    "what_happened": "",
    "my_view": "",
    "signals": [],
    "contact_id": None,
    "impact_hours": None,
    "impact_amount": None,
    "links": [],
    "evidence": null(),
}


class SqlFlagRepository(SqlFlagViews, SqlFlagTasks):
    """`FlagRepository` on one connection; see the port for what each method promises."""

    def add(
        self,
        workspace_id: int,
        client_id: int,
        reporter_id: int,
        content: FlagContent,
        contact_id: int | None,
        now: datetime,
    ) -> int:
        values = columns_of(content, contact_id)
        values.update(
            workspace_id=workspace_id,
            client_id=client_id,
            reporter_id=reporter_id,
            state="open",
            recorded_at=now,
            witness_count=0,
            withdrawn_reason="",
        )
        ((flag_id,),) = _ADD.rows(self._connection, values)
        return int(flag_id)

    def find(self, workspace_id: int, flag_id: int) -> Flag | None:
        row = self._connection.execute(
            FLAGS.where(FLAG.c.id == flag_id, FLAG.c.workspace_id == workspace_id)
        ).one_or_none()
        return flag_from(row) if row else None

    def scored(self, client_id: int, since: date) -> list[ScoredFlag]:
        return [ScoredFlag(*row) for row in _SCORED.rows(self._connection, {"client_id": client_id, "since": since})]

    def people_behind(self, client_id: int, since: date) -> set[int]:
        happened = (FLAG.c.client_id == client_id, FLAG.c.happened_on >= since, _IS_OPEN)
        reporters = select(FLAG.c.reporter_id).where(*happened)
        witnesses = (
            select(WITNESS.c.person_id)
            .join(FLAG, FLAG.c.id == WITNESS.c.flag_id)
            .where(*happened, WITNESS.c.kind == ViewKind.WITNESS.value)
        )
        return {*self._connection.scalars(reporters), *self._connection.scalars(witnesses)}

    def timeline(
        self, client_id: int, *, before: tuple[date, int] | None, limit: int, category: str | None = None
    ) -> list[Flag]:
        statement = FLAGS.where(FLAG.c.client_id == client_id, _LEFT_A_TRACE)
        if category is not None:
            statement = statement.where(FLAG.c.category == category)
        if before is not None:
            statement = statement.where(tuple_(FLAG.c.happened_on, FLAG.c.id) < tuple_(*before))
        newest_first = statement.order_by(FLAG.c.happened_on.desc(), FLAG.c.id.desc()).limit(limit)
        return [flag_from(row) for row in self._connection.execute(newest_first)]

    def nearby(self, client_id: int, category: str, around: date, days: int) -> list[Flag]:
        rows = self._connection.execute(
            FLAGS.where(
                FLAG.c.client_id == client_id,
                FLAG.c.happened_on >= around - timedelta(days=days),
                FLAG.c.happened_on <= around + timedelta(days=days),
                FLAG.c.category == category,
                _IS_OPEN,
            ).order_by(FLAG.c.happened_on, FLAG.c.id)
        )
        return [flag_from(row) for row in rows]

    def revise(self, flag_id: int, content: FlagContent, contact_id: int | None, now: datetime) -> None:
        replaced = flag_from(self._connection.execute(FLAGS.where(FLAG.c.id == flag_id)).one())
        latest = self._connection.scalar(select(func.max(REVISION.c.number)).where(REVISION.c.flag_id == flag_id))
        self._connection.execute(
            insert(REVISION),
            {
                "flag_id": flag_id,
                "number": (latest or 0) + 1,
                "content": content_json(replaced.content),
                "replaced_at": now,
            },
        )
        self._connection.execute(
            update(FLAG).where(FLAG.c.id == flag_id), {**columns_of(content, contact_id), "edited_at": now}
        )

    def revisions(self, flag_id: int) -> list[FlagRevision]:
        rows = self._connection.execute(
            select(REVISION.c.number, REVISION.c.content, REVISION.c.replaced_at)
            .where(REVISION.c.flag_id == flag_id)
            .order_by(REVISION.c.number)
        )
        return [FlagRevision(row.number, content_from_json(row.content), row.replaced_at) for row in rows]

    def set_state(self, flag_id: int, state: FlagState, now: datetime, reason: str = "") -> None:
        self._connection.execute(
            update(FLAG)
            .where(FLAG.c.id == flag_id)
            .values(**_WITHOUT_TEXT, state=state.value, withdrawn_at=now, withdrawn_reason=reason)
        )
        self._connection.execute(delete(REVISION).where(REVISION.c.flag_id == flag_id))
        self._forget_notes(flag_id)
