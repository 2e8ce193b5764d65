"""Debriefs in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from bot.domain.model import Debrief, DebriefState
from storage.columns import METADATA
from storage.tables import DebriefPersonRow, DebriefRow
from storage.upsert import insert_if_absent

DEBRIEF = METADATA.tables[DebriefRow.__tablename__]
DEBRIEF_PERSON = METADATA.tables[DebriefPersonRow.__tablename__]

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


def debrief_from(row: Row[*tuple[Any, ...]]) -> Debrief:
    """The debrief that a row of `DEBRIEFS` describes."""
    values = dict(row._mapping)
    values["state"] = DebriefState(row.state)
    return Debrief(**values)


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
        statement = insert_if_absent(self._connection, DEBRIEF).returning(DEBRIEF.c.id)
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
        debrief_id = self._connection.execute(statement, values).scalar_one_or_none()
        return None if debrief_id is None else self.find(workspace_id, debrief_id)

    def find(self, workspace_id: int, debrief_id: int) -> Debrief | None:
        row = self._connection.execute(
            DEBRIEFS.where(DEBRIEF.c.id == debrief_id, DEBRIEF.c.workspace_id == workspace_id)
        ).one_or_none()
        return debrief_from(row) if row else None

    def planned_with(self, workspace_id: int, person_id: int) -> list[Debrief]:
        rows = self._connection.execute(
            DEBRIEFS.join(DEBRIEF_PERSON, DEBRIEF_PERSON.c.debrief_id == DEBRIEF.c.id)
            .where(
                DEBRIEF.c.workspace_id == workspace_id,
                DEBRIEF_PERSON.c.person_id == person_id,
                DEBRIEF.c.state == DebriefState.PLANNED.value,
            )
            .order_by(DEBRIEF.c.starts_at, DEBRIEF.c.id)
        )
        return [debrief_from(row) for row in rows]

    def planned(self, workspace_id: int) -> list[Debrief]:
        rows = self._connection.execute(
            DEBRIEFS.where(
                DEBRIEF.c.workspace_id == workspace_id, DEBRIEF.c.state == DebriefState.PLANNED.value
            ).order_by(DEBRIEF.c.starts_at, DEBRIEF.c.id)
        )
        return [debrief_from(row) for row in rows]

    def planned_for(self, client_id: int) -> Debrief | None:
        row = self._connection.execute(
            DEBRIEFS.where(DEBRIEF.c.client_id == client_id, DEBRIEF.c.state == DebriefState.PLANNED.value)
        ).one_or_none()
        return debrief_from(row) if row else None

    def move(self, debrief_id: int, *, local_at: datetime, zone: str, starts_at: datetime) -> int:
        return self._change(debrief_id, local_at=local_at, zone=zone, starts_at=starts_at)

    def set_state(self, debrief_id: int, state: DebriefState) -> int:
        return self._change(debrief_id, state=state.value)

    def _change(self, debrief_id: int, **values: Any) -> int:
        sequence: int = self._connection.execute(
            update(DEBRIEF)
            .where(DEBRIEF.c.id == debrief_id)
            .values(sequence=DEBRIEF.c.sequence + 1, **values)
            .returning(DEBRIEF.c.sequence)
        ).scalar_one()
        return sequence

    def set_place(self, debrief_id: int, place_id: int) -> None:
        self._connection.execute(update(DEBRIEF).where(DEBRIEF.c.id == debrief_id).values(place_id=place_id))

    def invite(self, debrief_id: int, person_ids: Iterable[int]) -> None:
        statement = insert_if_absent(self._connection, DEBRIEF_PERSON)
        for person_id in person_ids:
            self._connection.execute(statement, {"debrief_id": debrief_id, "person_id": person_id})

    def people(self, debrief_id: int) -> list[int]:
        rows = self._connection.execute(
            select(DEBRIEF_PERSON.c.person_id)
            .where(DEBRIEF_PERSON.c.debrief_id == debrief_id)
            .order_by(DEBRIEF_PERSON.c.person_id)
        )
        return list(rows.scalars())
