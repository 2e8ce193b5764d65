"""`FarewellRepository` in SQL."""

from __future__ import annotations

from msgspec.structs import asdict
from sqlalchemy import Connection, bindparam, func, insert, select, update

from bot.domain.farewell.closing_terms import SavedTerm, Term
from storage.engines.prepared import Prepared
from storage.tables.farewell import CLOSING_TERM

_TERMS = Prepared(
    lambda _: (
        select(*(column for column in CLOSING_TERM.columns if column.name != "id"))
        .where(CLOSING_TERM.c.discussion_id == bindparam("discussion"))
        .order_by(CLOSING_TERM.c.id)
    )
)
_ADD = Prepared(lambda _: insert(CLOSING_TERM))
_REPLACE = Prepared(
    lambda _: update(CLOSING_TERM).where(
        CLOSING_TERM.c.id
        == select(func.max(CLOSING_TERM.c.id))
        .where(CLOSING_TERM.c.discussion_id == bindparam("discussion"), CLOSING_TERM.c.term == bindparam("sought"))
        .scalar_subquery()
    )
)


class SqlFarewellRepository:
    """`FarewellRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def terms(self, discussion_id: int) -> list[SavedTerm]:
        rows = _TERMS.mappings(self._connection, {"discussion": discussion_id})
        return [SavedTerm(**{**row, "term": Term(row["term"])}) for row in rows]

    def add_term(self, saved: SavedTerm) -> None:
        _ADD.changed(self._connection, {**asdict(saved), "term": saved.term.value})

    def replace_term(self, saved: SavedTerm) -> None:
        place = {"discussion": saved.discussion_id, "sought": saved.term.value}
        _REPLACE.changed(self._connection, {**place, "text": saved.text, "saved_at": saved.saved_at})
