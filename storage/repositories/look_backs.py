"""Looks back on decisions in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from bot.domain.look_back import Balance, Calm, Hindsight, LookBack, Right
from storage.engines.prepared import Prepared
from storage.engines.upsert import insert_if_absent
from storage.tables.look_backs import FORECAST, LOOK_BACK

_LOOK_BACKS = select(LOOK_BACK).order_by(LOOK_BACK.c.id)
_IS_IT = LOOK_BACK.c.id == bindparam("row")
_IS_OPEN = LOOK_BACK.c.answered_at.is_(None)
_KEEP = Prepared(lambda connection: insert_if_absent(connection, FORECAST))
_FORECAST = Prepared(
    lambda _: select(FORECAST.c.hours, FORECAST.c.amount, FORECAST.c.currency, FORECAST.c.calm).where(
        FORECAST.c.decision_id == bindparam("decision")
    )
)
_PLAN = Prepared(lambda connection: insert_if_absent(connection, LOOK_BACK).returning(LOOK_BACK.c.id))
_FIND = Prepared(lambda _: _LOOK_BACKS.where(_IS_IT, LOOK_BACK.c.workspace_id == bindparam("workspace")))
_OF_CLIENT = Prepared(lambda _: _LOOK_BACKS.where(LOOK_BACK.c.client_id == bindparam("client")))
_WAITING = Prepared(
    lambda _: _LOOK_BACKS.where(
        LOOK_BACK.c.workspace_id == bindparam("workspace"), _IS_OPEN, LOOK_BACK.c.due_on <= bindparam("latest")
    )
)
_ANSWER = Prepared(lambda _: update(LOOK_BACK).where(_IS_IT, _IS_OPEN))
_DROP = Prepared(lambda _: delete(LOOK_BACK).where(_IS_IT, _IS_OPEN))


def _balance(row: Mapping[str, Any]) -> Balance:
    calm = Calm(row["calm"]) if row["calm"] else None
    return Balance(row["hours"], row["amount"], row["currency"], calm)


def _values(balance: Balance) -> dict[str, Any]:
    return {
        "hours": balance.hours,
        "amount": balance.amount,
        "currency": balance.currency,
        "calm": balance.calm.value if balance.calm else None,
    }


def _look_back(row: Mapping[str, Any]) -> LookBack:
    return LookBack(
        id=row["id"],
        workspace_id=row["workspace_id"],
        client_id=row["client_id"],
        decision_id=row["decision_id"],
        months=row["months"],
        due_on=row["due_on"],
        found=_balance(row),
        cost=row["cost"],
        was_right=Right(row["was_right"]) if row["was_right"] else None,
        answered_by_id=row["answered_by_id"],
        answered_at=row["answered_at"],
    )


class SqlLookBackRepository:
    """`LookBackRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep_forecast(self, decision_id: int, forecast: Balance) -> None:
        _KEEP.changed(self._connection, {"decision_id": decision_id, **_values(forecast)})

    def forecast(self, decision_id: int) -> Balance | None:
        row = _FORECAST.mapping(self._connection, {"decision": decision_id})
        return _balance(row) if row else None

    def plan(self, workspace_id: int, client_id: int, decision_id: int, months: int, due_on: date) -> LookBack | None:
        values = {
            "workspace_id": workspace_id,
            "client_id": client_id,
            "decision_id": decision_id,
            "months": months,
            "due_on": due_on,
        }
        planned = _PLAN.scalar(self._connection, values)
        return None if planned is None else self.find(workspace_id, planned)

    def find(self, workspace_id: int, look_back_id: int) -> LookBack | None:
        row = _FIND.mapping(self._connection, {"row": look_back_id, "workspace": workspace_id})
        return _look_back(row) if row else None

    def of_client(self, client_id: int) -> list[LookBack]:
        return [_look_back(row) for row in _OF_CLIENT.mappings(self._connection, {"client": client_id})]

    def waiting(self, workspace_id: int, on: date) -> list[LookBack]:
        values = {"workspace": workspace_id, "latest": on}
        return [_look_back(row) for row in _WAITING.mappings(self._connection, values)]

    def answer(self, look_back_id: int, said: Hindsight, answered_by_id: int, now: datetime) -> bool:
        values = {
            **_values(said.found),
            "cost": said.cost,
            "was_right": said.was_right.value,
            "answered_by_id": answered_by_id,
            "answered_at": now,
        }
        return _ANSWER.changed(self._connection, {"row": look_back_id, **values}) == 1

    def drop(self, look_back_id: int) -> None:
        _DROP.changed(self._connection, {"row": look_back_id})
