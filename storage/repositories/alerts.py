"""Alerts in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from bot.domain.model import Alert, AlertState, Level
from storage.engines.prepared import Prepared
from storage.engines.upsert import insert_if_absent
from storage.tables.alerts import ALERT

ALERTS = select(
    ALERT.c.id,
    ALERT.c.workspace_id,
    ALERT.c.client_id,
    ALERT.c.level,
    ALERT.c.rule,
    ALERT.c.figures,
    ALERT.c.state,
    ALERT.c.raised_at,
    ALERT.c.post_at,
    ALERT.c.taken_by_id,
)
_RAISE = Prepared(lambda connection: insert_if_absent(connection, ALERT).returning(ALERT.c.id))
_OPEN_FOR = Prepared(
    lambda _: ALERTS.where(ALERT.c.client_id == bindparam("client"), ALERT.c.state == AlertState.OPEN.value).order_by(
        ALERT.c.id
    )
)
_OF_CLIENT = Prepared(lambda _: ALERTS.where(ALERT.c.client_id == bindparam("client")).order_by(ALERT.c.id))
_IS_IT = ALERT.c.id == bindparam("row")
_FIND = Prepared(lambda _: ALERTS.where(_IS_IT, ALERT.c.workspace_id == bindparam("workspace")))
_CHANGE = Prepared(lambda _: update(ALERT).where(_IS_IT))
_TAKE = Prepared(
    lambda _: update(ALERT).where(_IS_IT, ALERT.c.state == AlertState.OPEN.value, ALERT.c.taken_by_id.is_(None))
)
_HASTEN = Prepared(lambda _: update(ALERT).where(_IS_IT, ALERT.c.post_at > bindparam("later_than")))
_MARK_ACTED = Prepared(
    lambda _: update(ALERT).where(
        ALERT.c.client_id == bindparam("client"), ALERT.c.state == AlertState.OPEN.value, ALERT.c.acted_at.is_(None)
    )
)
_ACTED_AT = Prepared(lambda _: select(ALERT.c.acted_at).where(_IS_IT))


def alert_from(row: Sequence[Any]) -> Alert:
    """The alert that a row of `ALERTS` describes."""
    key, workspace_id, client_id, level, rule, figures, state, raised_at, post_at, taken_by_id = row
    return Alert(
        key,
        workspace_id,
        client_id,
        Level(level),
        rule,
        figures,
        AlertState(state),
        raised_at,
        post_at,
        taken_by_id,
    )


class SqlAlertRepository:
    """`AlertRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def raise_(
        self,
        workspace_id: int,
        client_id: int,
        level: Level,
        rule: str,
        figures: dict[str, Any],
        *,
        raised_at: datetime,
        post_at: datetime,
    ) -> Alert | None:
        added = _RAISE.row(
            self._connection,
            {
                "workspace_id": workspace_id,
                "client_id": client_id,
                "level": int(level),
                "rule": rule,
                "figures": figures,
                "state": AlertState.OPEN.value,
                "raised_at": raised_at,
                "post_at": post_at,
            },
        )
        if added is None:
            return None
        return Alert(added[0], workspace_id, client_id, level, rule, figures, AlertState.OPEN, raised_at, post_at)

    def find(self, workspace_id: int, alert_id: int) -> Alert | None:
        row = _FIND.row(self._connection, {"row": alert_id, "workspace": workspace_id})
        return alert_from(row) if row else None

    def open_for(self, client_id: int) -> list[Alert]:
        return [alert_from(row) for row in _OPEN_FOR.rows(self._connection, {"client": client_id})]

    def of_client(self, client_id: int) -> list[Alert]:
        return [alert_from(row) for row in _OF_CLIENT.rows(self._connection, {"client": client_id})]

    def take(self, alert_id: int, person_id: int, now: datetime) -> bool:
        return _TAKE.changed(self._connection, {"row": alert_id, "taken_by_id": person_id, "taken_at": now}) == 1

    def hasten(self, alert_id: int, post_at: datetime) -> None:
        _HASTEN.changed(self._connection, {"row": alert_id, "post_at": post_at, "later_than": post_at})

    def close(self, alert_id: int, state: AlertState = AlertState.CLOSED) -> None:
        _CHANGE.changed(self._connection, {"row": alert_id, "state": state.value})

    def reopen(self, alert_id: int) -> None:
        _CHANGE.changed(self._connection, {"row": alert_id, "state": AlertState.OPEN.value})

    def mark_acted(self, client_id: int, now: datetime) -> None:
        _MARK_ACTED.changed(self._connection, {"client": client_id, "acted_at": now})

    def has_been_acted_on(self, alert_id: int) -> bool:
        return _ACTED_AT.scalar(self._connection, {"row": alert_id}) is not None
