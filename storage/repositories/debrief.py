"""Debriefs in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Connection, bindparam, select, update

from bot.domain.debrief import DebriefAnswer, DebriefEnd, Invited, Question
from bot.domain.model import Debrief, DebriefState
from storage.engines.prepared import Prepared
from storage.engines.upsert import insert_if_absent, insert_or_update
from storage.tables.debrief import DEBRIEF, DEBRIEF_ANSWER, DEBRIEF_END, DEBRIEF_PERSON

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
    DEBRIEF.c.planned_by_id,
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
_LATEST_FOR = Prepared(
    lambda _: DEBRIEFS.where(DEBRIEF.c.client_id == bindparam("client")).order_by(DEBRIEF.c.id.desc()).limit(1)
)
_END = Prepared(
    lambda _: select(DEBRIEF_END.c.at, DEBRIEF_END.c.by_id).where(DEBRIEF_END.c.debrief_id == bindparam("debrief"))
)
_ENDED = Prepared(lambda connection: insert_if_absent(connection, DEBRIEF_END))
_CLOSE = Prepared(lambda _: update(DEBRIEF).where(_IS_IT, _IS_PLANNED))
_IS_OF_DEBRIEF = DEBRIEF_PERSON.c.debrief_id == bindparam("debrief")
_IS_THEIRS = DEBRIEF_PERSON.c.person_id == bindparam("person")
_INVITED = Prepared(
    lambda _: (
        select(DEBRIEF_PERSON.c.person_id, DEBRIEF_PERSON.c.nudges, DEBRIEF_PERSON.c.away_at)
        .where(_IS_OF_DEBRIEF)
        .order_by(DEBRIEF_PERSON.c.person_id)
    )
)
_NUDGED = Prepared(
    lambda _: update(DEBRIEF_PERSON).where(_IS_OF_DEBRIEF, _IS_THEIRS).values(nudges=DEBRIEF_PERSON.c.nudges + 1)
)
_SET_AWAY = Prepared(lambda _: update(DEBRIEF_PERSON).where(_IS_OF_DEBRIEF, _IS_THEIRS))
_ANSWERS = Prepared(
    lambda _: (
        select(*(column for column in DEBRIEF_ANSWER.columns if column.name != "id"))
        .where(DEBRIEF_ANSWER.c.debrief_id == bindparam("debrief"))
        .order_by(DEBRIEF_ANSWER.c.id)
    )
)
_ANSWER = Prepared(
    lambda connection: insert_or_update(connection, DEBRIEF_ANSWER, ("debrief_id", "person_id", "question"))
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

    def latest_for(self, client_id: int) -> Debrief | None:
        row = _LATEST_FOR.mapping(self._connection, {"client": client_id})
        return debrief_from(row) if row else None

    def close(self, debrief_id: int, closed_by_id: int | None, now: datetime) -> bool:
        if _CLOSE.changed(self._connection, {"row": debrief_id, "state": DebriefState.TOOK_PLACE.value}) != 1:
            return False
        _ENDED.changed(self._connection, {"debrief_id": debrief_id, "by_id": closed_by_id, "at": now})
        return True

    def end(self, debrief_id: int) -> DebriefEnd | None:
        row = _END.mapping(self._connection, {"debrief": debrief_id})
        return DebriefEnd(**row) if row else None

    def invited(self, debrief_id: int) -> list[Invited]:
        return [Invited(**row) for row in _INVITED.mappings(self._connection, {"debrief": debrief_id})]

    def nudged(self, debrief_id: int, person_id: int) -> None:
        _NUDGED.changed(self._connection, {"debrief": debrief_id, "person": person_id})

    def set_away(self, debrief_id: int, person_id: int, at: datetime | None) -> None:
        _SET_AWAY.changed(self._connection, {"debrief": debrief_id, "person": person_id, "away_at": at})

    def answers(self, debrief_id: int) -> list[DebriefAnswer]:
        rows = _ANSWERS.mappings(self._connection, {"debrief": debrief_id})
        return [DebriefAnswer(**{**row, "question": Question(row["question"])}) for row in rows]

    def save_answer(self, answer: DebriefAnswer) -> None:
        _ANSWER.changed(self._connection, {**asdict(answer), "question": answer.question.value})

    def people(self, debrief_id: int) -> list[int]:
        return _PEOPLE.scalars(self._connection, {"debrief": debrief_id})
