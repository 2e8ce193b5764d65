"""What colleagues add to somebody else's flag, in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from bot.domain.model import ViewKind, Witness
from storage.engines.membership import among
from storage.engines.prepared import Prepared
from storage.tables.flags import FLAG, WITNESS

_IS_OF_FLAG = WITNESS.c.flag_id == bindparam("flag")
_IS_THEIRS = (_IS_OF_FLAG, WITNESS.c.person_id == bindparam("person"), WITNESS.c.kind == bindparam("sort"))
_KNOWN = Prepared(lambda _: select(WITNESS.c.note).where(*_IS_THEIRS))
_ADD = Prepared(lambda _: insert(WITNESS))
_CHANGE = Prepared(lambda _: update(WITNESS).where(*_IS_THEIRS))
_TAKE_BACK = Prepared(lambda _: delete(WITNESS).where(*_IS_THEIRS))
_VIEWS = Prepared(
    lambda connection: (
        select(WITNESS.c.flag_id, WITNESS.c.person_id, WITNESS.c.kind, WITNESS.c.note, WITNESS.c.added_at)
        .where(among(connection, WITNESS.c.flag_id, "flags"))
        .order_by(WITNESS.c.added_at, WITNESS.c.person_id)
    )
)
_COUNT = Prepared(
    lambda _: (
        update(FLAG)
        .where(FLAG.c.id == bindparam("flag"))
        .values(
            witness_count=select(func.count())
            .where(_IS_OF_FLAG, WITNESS.c.kind == ViewKind.WITNESS.value)
            .scalar_subquery()
        )
    )
)
_FORGET_NOTES = Prepared(lambda _: update(WITNESS).where(_IS_OF_FLAG).values(note=""))


class SqlFlagViews:
    """The part of `FlagRepository` about witnesses and other views; one of each kind a person and flag."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_witness(self, flag_id: int, person_id: int, kind: ViewKind, note: str, now: datetime) -> bool:
        """Add or change a view of that kind and count the witnesses anew; false when it was there just so."""
        theirs = {"flag": flag_id, "person": person_id, "sort": kind.value}
        known = _KNOWN.row(self._connection, theirs)
        values = {"note": note, "added_at": now}
        if known is None:
            _ADD.changed(self._connection, {"flag_id": flag_id, "person_id": person_id, "kind": kind.value, **values})
        elif known == (note,):
            return False
        else:
            _CHANGE.changed(self._connection, {**theirs, **values})
        self._count(flag_id)
        return True

    def remove_witness(self, flag_id: int, person_id: int, kind: ViewKind) -> bool:
        """Take a view of that kind back and count the witnesses anew; false where there was none."""
        theirs = {"flag": flag_id, "person": person_id, "sort": kind.value}
        if _TAKE_BACK.changed(self._connection, theirs) == 0:
            return False
        self._count(flag_id)
        return True

    def witnesses(self, flag_ids: Iterable[int]) -> dict[int, list[Witness]]:
        """Views by flag, in the order they were added; flags without any are left out."""
        rows = _VIEWS.rows(self._connection, {"flags": list(flag_ids)})
        views: dict[int, list[Witness]] = {}
        for flag_id, person_id, kind, note, added_at in rows:
            views.setdefault(flag_id, []).append(Witness(flag_id, person_id, ViewKind(kind), note, added_at))
        return views

    def _count(self, flag_id: int) -> None:
        _COUNT.changed(self._connection, {"flag": flag_id})

    def _forget_notes(self, flag_id: int) -> None:
        _FORGET_NOTES.changed(self._connection, {"flag": flag_id})
