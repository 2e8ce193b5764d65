"""Debriefs in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from bot.domain.model import Debrief, DebriefState
from storage.engines.prepared import Prepared
from storage.engines.upsert import insert_if_absent
from storage.tables.debrief import DEBRIEF, DEBRIEF_PERSON

DEBRIEFS = select(
    DEBRIEF.c.id,
    DEBRIEF.c.workspace_id,
    DEBRIEF.c.client_id,
    DEBRIEF.c.state,
    DEBRIEF.c.local_at,
    DEBRIEF.c.zone,
    DEBRIEF.c.starts_at,
    DEBRIEF.c.sequence,
    DEBRIEF.c.uid,
    DEBRIEF.c.place_id,
)
_IS_IT = DEBRIEF.c.id == bindparam("row")
_IS_OF_WORKSPACE = DEBRIEF.c.workspace_id == bindparam("workspace")
_IS_PLANNED = DEBRIEF.c.state == DebriefState.PLANNED.value
_BY_DAY = (DEBRIEF.c.starts_at, DEBRIEF.c.id)
_PLAN = Prepared(lambda connection: insert_if_absent(connection, DEBRIEF).returning(DEBRIEF.c.id))
_FIND = Prepared(lambda _: DEBRIEFS.where(_IS_IT, _IS_OF_WORKSPACE))
_PLANNED_WITH = Prepared(
    lambda _: (
        DEBRIEFS.join(DEBRIEF_PERSON, DEBRIEF_PERSON.c.debrief_id == DEBRIEF.c.id)
        .where(_IS_OF_WORKSPACE, DEBRIEF_PERSON.c.person_id == bindparam("person"), _IS_PLANNED)
        .order_by(*_BY_DAY)
    )
)
_PLANNED = Prepared(lambda _: DEBRIEFS.where(_IS_OF_WORKSPACE, _IS_PLANNED).order_by(*_BY_DAY))
_PLANNED_FOR = Prepared(lambda _: DEBRIEFS.where(DEBRIEF.c.client_id == bindparam("client"), _IS_PLANNED))
_CHANGE = Prepared(
    lambda _: update(DEBRIEF).where(_IS_IT).values(sequence=DEBRIEF.c.sequence + 1).returning(DEBRIEF.c.sequence)
)
_SET_PLACE = Prepared(lambda _: update(DEBRIEF).where(_IS_IT))
_INVITE = Prepared(lambda connection: insert_if_absent(connection, DEBRIEF_PERSON))
_PEOPLE = Prepared(
    lambda _: (
        select(DEBRIEF_PERSON.c.person_id)
        .where(DEBRIEF_PERSON.c.debrief_id == bindparam("debrief"))
        .order_by(DEBRIEF_PERSON.c.person_id)
    )
)


def debrief_from(row: Mapping[str, Any]) -> Debrief:
    """The debrief that a row of `DEBRIEFS` describes."""
    return Debrief(**{**row, "state": DebriefState(row["state"])})


class SqlDebriefRepository:
    """`DebriefRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def plan(
        self,
        workspace_id: int,
        client_id: int,
        *,
        local_at: datetime,
        zone: str,
        starts_at: datetime,
        uid: str,
        planned_by_id: int | None,
        now: datetime,
    ) -> Debrief | None:
        values = {
            "workspace_id": workspace_id,
            "client_id": client_id,
            "state": DebriefState.PLANNED.value,
            "local_at": local_at,
            "zone": zone,
            "starts_at": starts_at,
            "sequence": 0,
            "uid": uid,
            "planned_by_id": planned_by_id,
            "planned_at": now,
        }
        debrief_id = _PLAN.scalar(self._connection, values)
        return None if debrief_id is None else self.find(workspace_id, debrief_id)

    def find(self, workspace_id: int, debrief_id: int) -> Debrief | None:
        row = _FIND.mapping(self._connection, {"row": debrief_id, "workspace": workspace_id})
        return debrief_from(row) if row else None

    def planned_with(self, workspace_id: int, person_id: int) -> list[Debrief]:
        values = {"workspace": workspace_id, "person": person_id}
        return [debrief_from(row) for row in _PLANNED_WITH.mappings(self._connection, values)]

    def planned(self, workspace_id: int) -> list[Debrief]:
        return [debrief_from(row) for row in _PLANNED.mappings(self._connection, {"workspace": workspace_id})]

    def planned_for(self, client_id: int) -> Debrief | None:
        row = _PLANNED_FOR.mapping(self._connection, {"client": client_id})
        return debrief_from(row) if row else None

    def move(self, debrief_id: int, *, local_at: datetime, zone: str, starts_at: datetime) -> int:
        return self._change(debrief_id, local_at=local_at, zone=zone, starts_at=starts_at)

    def set_state(self, debrief_id: int, state: DebriefState) -> int:
        return self._change(debrief_id, state=state.value)

    def _change(self, debrief_id: int, **values: Any) -> int:
        sequence: int = _CHANGE.scalar(self._connection, {"row": debrief_id, **values})
        return sequence

    def set_place(self, debrief_id: int, place_id: int) -> None:
        _SET_PLACE.changed(self._connection, {"row": debrief_id, "place_id": place_id})

    def invite(self, debrief_id: int, person_ids: Iterable[int]) -> None:
        rows = [{"debrief_id": debrief_id, "person_id": person_id} for person_id in person_ids]
        _INVITE.executemany(self._connection, rows)

    def people(self, debrief_id: int) -> list[int]:
        return _PEOPLE.scalars(self._connection, {"debrief": debrief_id})
