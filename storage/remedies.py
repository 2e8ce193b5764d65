"""Remedies in SQL."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from bot.domain.remedies import Remedy, RemedyKind, RemedyOutcome, RemedyState, SuccessTest
from bot.domain.remedy_rules import Judgement, RemedyDraft
from storage.columns import METADATA
from storage.tables import RemedyRow

REMEDY = METADATA.tables[RemedyRow.__tablename__]

_REMEDIES = select(REMEDY)
_UNDER_WAY = (RemedyState.RUNNING.value, RemedyState.TO_CONFIRM.value)


def _remedy(row: Row[*tuple[Any, ...]]) -> Remedy:
    values = dict(row._mapping)
    values["kind"] = RemedyKind(row.kind)
    values["test"] = SuccessTest(row.test)
    values["state"] = RemedyState(row.state)
    values["judged"] = RemedyOutcome(row.judged) if row.judged else None
    values["outcome"] = RemedyOutcome(row.outcome) if row.outcome else None
    return Remedy(**values)


class SqlRemedyRepository:
    """`RemedyRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(
        self,
        workspace_id: int,
        client_id: int,
        draft: RemedyDraft,
        *,
        discussion_id: int | None,
        begun_by_id: int,
        now: datetime,
    ) -> Remedy:
        values = {
            **asdict(draft),
            "workspace_id": workspace_id,
            "client_id": client_id,
            "discussion_id": discussion_id,
            "kind": draft.kind.value,
            "test": draft.test.value,
            "state": RemedyState.RUNNING.value,
            "outcome_note": "",
            "begun_by_id": begun_by_id,
            "begun_at": now,
        }
        return _remedy(self._connection.execute(insert(REMEDY).returning(REMEDY), values).one())

    def find(self, workspace_id: int, remedy_id: int) -> Remedy | None:
        statement = _REMEDIES.where(REMEDY.c.id == remedy_id, REMEDY.c.workspace_id == workspace_id)
        row = self._connection.execute(statement).one_or_none()
        return _remedy(row) if row else None

    def of_client(self, client_id: int) -> list[Remedy]:
        statement = _REMEDIES.where(REMEDY.c.client_id == client_id).order_by(REMEDY.c.id.desc())
        return [_remedy(row) for row in self._connection.execute(statement)]

    def owned_by(self, person_id: int) -> list[Remedy]:
        statement = _REMEDIES.where(REMEDY.c.owner_id == person_id, REMEDY.c.state.in_(_UNDER_WAY))
        return [_remedy(row) for row in self._connection.execute(statement.order_by(REMEDY.c.id))]

    def judged(self, remedy_id: int, judgement: Judgement, now: datetime) -> bool:
        return self._change(
            remedy_id,
            state=RemedyState.TO_CONFIRM.value,
            judged=judgement.outcome.value,
            judged_flags=judgement.flags,
            judged_score=judgement.score,
            judged_at=now,
        )

    def end(self, remedy_id: int, outcome: RemedyOutcome, note: str, confirmed_by_id: int, now: datetime) -> bool:
        return self._change(
            remedy_id,
            state=RemedyState.ENDED.value,
            outcome=outcome.value,
            outcome_note=note,
            confirmed_by_id=confirmed_by_id,
            ended_at=now,
        )

    def call_off(self, remedy_id: int, now: datetime) -> bool:
        return self._change(remedy_id, state=RemedyState.CALLED_OFF.value, ended_at=now)

    def prolong(self, remedy_id: int, ends_on: date) -> bool:
        forgotten = dict.fromkeys(("judged", "judged_flags", "judged_score", "judged_at"))
        return self._change(remedy_id, state=RemedyState.RUNNING.value, ends_on=ends_on, **forgotten)

    def hand_over(self, remedy_id: int, owner_id: int) -> None:
        self._change(remedy_id, owner_id=owner_id)

    def _change(self, remedy_id: int, **values: Any) -> bool:
        statement = update(REMEDY).where(REMEDY.c.id == remedy_id, REMEDY.c.state.in_(_UNDER_WAY))
        return self._connection.execute(statement.values(**values)).rowcount == 1
