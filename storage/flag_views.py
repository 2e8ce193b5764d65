"""What colleagues add to somebody else's flag, in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from bot.domain.model import ViewKind, Witness
from storage.columns import METADATA
from storage.tables import FlagRow, WitnessRow

FLAG = METADATA.tables[FlagRow.__tablename__]
WITNESS = METADATA.tables[WitnessRow.__tablename__]


class SqlFlagViews:
    """The part of `FlagRepository` about witnesses and other views; one view each person and flag."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_witness(self, flag_id: int, person_id: int, kind: ViewKind, note: str, now: datetime) -> bool:
        """Add or change a view and count the witnesses anew; false when it was there just so."""
        is_theirs = (WITNESS.c.flag_id == flag_id, WITNESS.c.person_id == person_id)
        known = self._connection.execute(select(WITNESS.c.kind, WITNESS.c.note).where(*is_theirs)).one_or_none()
        values = {"kind": kind.value, "note": note, "added_at": now}
        if known is None:
            self._connection.execute(insert(WITNESS), {"flag_id": flag_id, "person_id": person_id, **values})
        elif (known.kind, known.note) == (kind.value, note):
            return False
        else:
            self._connection.execute(update(WITNESS).where(*is_theirs), values)
        self._count(flag_id)
        return True

    def witnesses(self, flag_ids: Iterable[int]) -> dict[int, list[Witness]]:
        """Views by flag, in the order they were added; flags without any are left out."""
        rows = self._connection.execute(
            select(WITNESS)
            .where(WITNESS.c.flag_id.in_(list(flag_ids)))
            .order_by(WITNESS.c.added_at, WITNESS.c.person_id)
        )
        views: dict[int, list[Witness]] = {}
        for row in rows:
            view = Witness(row.flag_id, row.person_id, ViewKind(row.kind), row.note, row.added_at)
            views.setdefault(row.flag_id, []).append(view)
        return views

    def _count(self, flag_id: int) -> None:
        witnesses = (
            select(func.count())
            .where(WITNESS.c.flag_id == flag_id, WITNESS.c.kind == ViewKind.WITNESS.value)
            .scalar_subquery()
        )
        self._connection.execute(update(FLAG).where(FLAG.c.id == flag_id).values(witness_count=witnesses))

    def _forget_notes(self, flag_id: int) -> None:
        self._connection.execute(update(WITNESS).where(WITNESS.c.flag_id == flag_id).values(note=""))
