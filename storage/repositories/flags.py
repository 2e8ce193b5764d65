"""Flags in SQL, with their history; views of colleagues and tasks come with them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, bindparam, delete, func, insert, null, select, tuple_, update

from bot.domain.model import Flag, FlagContent, FlagState, ViewKind
from bot.domain.score import ScoredFlag
from bot.usecases.ports.flags import FlagRevision
from storage.engines.membership import one_of
from storage.engines.prepared import Prepared
from storage.repositories.flag_content import columns_of, content_from_json, content_json, flag_from
from storage.repositories.flag_tasks import SqlFlagTasks
from storage.repositories.flag_views import SqlFlagViews
from storage.tables.clients import CONTACT
from storage.tables.flags import FLAG, REVISION, WITNESS

IS_OPEN = FLAG.c.state == FlagState.OPEN.value

LEFT_A_TRACE = one_of(FLAG.c.state, [FlagState.OPEN.value, FlagState.WITHDRAWN.value])
"""Whether a flag is shown at all: also one that was withdrawn, without its text."""

IS_OF_CLIENT = FLAG.c.client_id == bindparam("client")
"""Whether a flag is of the client whose id is given as `client`."""

_HAPPENED_SINCE = (IS_OF_CLIENT, FLAG.c.happened_on >= bindparam("since"), IS_OPEN)

_ADD = Prepared(lambda _: insert(FLAG).returning(FLAG.c.id))

_SCORED = Prepared(
    lambda _: select(
        FLAG.c.id,
        FLAG.c.category,
        FLAG.c.severity,
        FLAG.c.happened_on,
        FLAG.c.reporter_id,
        FLAG.c.witness_count,
    ).where(*_HAPPENED_SINCE)
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
    "impact_currency": None,
    "links": [],
    "evidence": null(),
}

_IS_IT = FLAG.c.id == bindparam("row")
_FIND = Prepared(lambda _: FLAGS.where(_IS_IT, FLAG.c.workspace_id == bindparam("workspace")))
_REPORTERS = Prepared(lambda _: select(FLAG.c.reporter_id).where(*_HAPPENED_SINCE))
_WITNESSES = Prepared(
    lambda _: (
        select(WITNESS.c.person_id)
        .join(FLAG, FLAG.c.id == WITNESS.c.flag_id)
        .where(*_HAPPENED_SINCE, WITNESS.c.kind == ViewKind.WITNESS.value)
    )
)
_NEARBY = Prepared(
    lambda _: FLAGS.where(
        IS_OF_CLIENT,
        FLAG.c.happened_on >= bindparam("first"),
        FLAG.c.happened_on <= bindparam("last"),
        FLAG.c.category == bindparam("category"),
        IS_OPEN,
    ).order_by(FLAG.c.happened_on, FLAG.c.id)
)
_BY_ID = Prepared(lambda _: FLAGS.where(_IS_IT))
_IS_OF_FLAG = REVISION.c.flag_id == bindparam("flag")
_LATEST_REVISION = Prepared(lambda _: select(func.max(REVISION.c.number)).where(_IS_OF_FLAG))
_ADD_REVISION = Prepared(lambda _: insert(REVISION))
_REVISIONS = Prepared(
    lambda _: (
        select(REVISION.c.number, REVISION.c.content, REVISION.c.replaced_at)
        .where(_IS_OF_FLAG)
        .order_by(REVISION.c.number)
    )
)
_DROP_REVISIONS = Prepared(lambda _: delete(REVISION).where(_IS_OF_FLAG))
_CHANGE = Prepared(lambda _: update(FLAG).where(_IS_IT))
_TAKE_BACK = Prepared(lambda _: update(FLAG).where(_IS_IT).values(**_WITHOUT_TEXT))


@cache
def _timeline(*, of_category: bool, further: bool) -> Prepared:
    """Flags of a client, newest first: only those of one category, only those further down than one, or all."""
    statement = FLAGS.where(IS_OF_CLIENT, LEFT_A_TRACE)
    if of_category:
        statement = statement.where(FLAG.c.category == bindparam("category"))
    if further:
        statement = statement.where(further_down())
    newest_first = (FLAG.c.happened_on.desc(), FLAG.c.id.desc())
    return Prepared(lambda _: statement.order_by(*newest_first).limit(bindparam("most", type_=Integer)))


def further_down() -> ColumnElement[bool]:
    """Whether a flag stands below the one that happened on `day` and has the id `below`, newest first."""
    return tuple_(FLAG.c.happened_on, FLAG.c.id) < tuple_(
        bindparam("day", type_=Date), bindparam("below", type_=Integer)
    )


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
        flag_id: int = _ADD.scalar(self._connection, values)
        return flag_id

    def find(self, workspace_id: int, flag_id: int) -> Flag | None:
        row = _FIND.mapping(self._connection, {"row": flag_id, "workspace": workspace_id})
        return flag_from(row) if row else None

    def scored(self, client_id: int, since: date) -> list[ScoredFlag]:
        return [ScoredFlag(*row) for row in _SCORED.rows(self._connection, {"client": client_id, "since": since})]

    def people_behind(self, client_id: int, since: date) -> set[int]:
        values = {"client": client_id, "since": since}
        return {*_REPORTERS.scalars(self._connection, values), *_WITNESSES.scalars(self._connection, values)}

    def timeline(
        self, client_id: int, *, before: tuple[date, int] | None, limit: int, category: str | None = None
    ) -> list[Flag]:
        values: dict[str, Any] = {"client": client_id, "most": limit}
        if category is not None:
            values["category"] = category
        if before is not None:
            values["day"], values["below"] = before
        statement = _timeline(of_category=category is not None, further=before is not None)
        return [flag_from(row) for row in statement.mappings(self._connection, values)]

    def nearby(self, client_id: int, category: str, around: date, days: int) -> list[Flag]:
        span = timedelta(days=days)
        values = {"client": client_id, "first": around - span, "last": around + span, "category": category}
        return [flag_from(row) for row in _NEARBY.mappings(self._connection, values)]

    def revise(self, flag_id: int, content: FlagContent, contact_id: int | None, now: datetime) -> None:
        (row,) = _BY_ID.mappings(self._connection, {"row": flag_id})
        latest = _LATEST_REVISION.scalar(self._connection, {"flag": flag_id})
        revision = {
            "flag_id": flag_id,
            "number": (latest or 0) + 1,
            "content": content_json(flag_from(row).content),
            "replaced_at": now,
        }
        _ADD_REVISION.changed(self._connection, revision)
        _CHANGE.changed(self._connection, {"row": flag_id, **columns_of(content, contact_id), "edited_at": now})

    def revisions(self, flag_id: int) -> list[FlagRevision]:
        rows = _REVISIONS.rows(self._connection, {"flag": flag_id})
        return [FlagRevision(number, content_from_json(content), at) for number, content, at in rows]

    def set_state(self, flag_id: int, state: FlagState, now: datetime, reason: str = "") -> None:
        _TAKE_BACK.changed(
            self._connection, {"row": flag_id, "state": state.value, "withdrawn_at": now, "withdrawn_reason": reason}
        )
        _DROP_REVISIONS.changed(self._connection, {"flag": flag_id})
        self._forget_notes(flag_id)
