"""Alerts in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from bot.domain.model import Alert, AlertState, Level
from storage.columns import METADATA
from storage.prepared import Prepared
from storage.tables import AlertRow
from storage.upsert import insert_if_absent

ALERT = METADATA.tables[AlertRow.__tablename__]

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
    ALERTS.where(ALERT.c.client_id == bindparam("client"), ALERT.c.state == AlertState.OPEN.value).order_by(ALERT.c.id)
)


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
        row = self._connection.execute(
            ALERTS.where(ALERT.c.id == alert_id, ALERT.c.workspace_id == workspace_id)
        ).one_or_none()
        return alert_from(row) if row else None

    def open_for(self, client_id: int) -> list[Alert]:
        return [alert_from(row) for row in _OPEN_FOR.rows(self._connection, {"client": client_id})]

    def take(self, alert_id: int, person_id: int, now: datetime) -> bool:
        changed = self._connection.execute(
            update(ALERT)
            .where(ALERT.c.id == alert_id, ALERT.c.state == AlertState.OPEN.value, ALERT.c.taken_by_id.is_(None))
            .values(taken_by_id=person_id, taken_at=now)
        )
        return changed.rowcount == 1

    def hasten(self, alert_id: int, post_at: datetime) -> None:
        self._connection.execute(
            update(ALERT).where(ALERT.c.id == alert_id, ALERT.c.post_at > post_at).values(post_at=post_at)
        )

    def close(self, alert_id: int) -> None:
        self._connection.execute(update(ALERT).where(ALERT.c.id == alert_id).values(state=AlertState.CLOSED.value))

    def mark_acted(self, client_id: int, now: datetime) -> None:
        self._connection.execute(
            update(ALERT)
            .where(ALERT.c.client_id == client_id, ALERT.c.state == AlertState.OPEN.value, ALERT.c.acted_at.is_(None))
            .values(acted_at=now)
        )

    def has_been_acted_on(self, alert_id: int) -> bool:
        acted_at = self._connection.execute(select(ALERT.c.acted_at).where(ALERT.c.id == alert_id)).scalar_one_or_none()
        return acted_at is not None
