"""Remedies in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Connection, bindparam, insert, select, update

from bot.domain.remedies import Remedy, RemedyKind, RemedyOutcome, RemedyState, SuccessTest
from bot.domain.remedy_rules import Judgement, RemedyDraft
from storage.engines.membership import one_of
from storage.engines.prepared import Prepared
from storage.tables.remedies import REMEDY

_REMEDIES = select(REMEDY)
_IS_IT = REMEDY.c.id == bindparam("row")
_IS_UNDER_WAY = one_of(REMEDY.c.state, [RemedyState.RUNNING.value, RemedyState.TO_CONFIRM.value])
_BEGIN = Prepared(lambda _: insert(REMEDY).returning(REMEDY))
_FIND = Prepared(lambda _: _REMEDIES.where(_IS_IT, REMEDY.c.workspace_id == bindparam("workspace")))
_OF_CLIENT = Prepared(lambda _: _REMEDIES.where(REMEDY.c.client_id == bindparam("client")).order_by(REMEDY.c.id.desc()))
_OWNED_BY = Prepared(
    lambda _: _REMEDIES.where(REMEDY.c.owner_id == bindparam("owner"), _IS_UNDER_WAY).order_by(REMEDY.c.id)
)
_CHANGE = Prepared(lambda _: update(REMEDY).where(_IS_IT, _IS_UNDER_WAY))


def _remedy(row: Mapping[str, Any]) -> Remedy:
    values = dict(row)
    values["kind"] = RemedyKind(row["kind"])
    values["test"] = SuccessTest(row["test"])
    values["state"] = RemedyState(row["state"])
    values["judged"] = RemedyOutcome(row["judged"]) if row["judged"] else None
    values["outcome"] = RemedyOutcome(row["outcome"]) if row["outcome"] else None
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
        (begun,) = _BEGIN.mappings(self._connection, values)
        return _remedy(begun)

    def find(self, workspace_id: int, remedy_id: int) -> Remedy | None:
        row = _FIND.mapping(self._connection, {"row": remedy_id, "workspace": workspace_id})
        return _remedy(row) if row else None

    def of_client(self, client_id: int) -> list[Remedy]:
        return [_remedy(row) for row in _OF_CLIENT.mappings(self._connection, {"client": client_id})]

    def owned_by(self, person_id: int) -> list[Remedy]:
        return [_remedy(row) for row in _OWNED_BY.mappings(self._connection, {"owner": person_id})]

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
        return _CHANGE.changed(self._connection, {"row": remedy_id, **values}) == 1
