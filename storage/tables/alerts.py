"""Alerts: thresholds that were met."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from storage.tables.columns import NEVER_REUSED, Row, UtcDateTime, one_open, shown_as, technical


class AlertRow(Row, table=True):
    """One living alert a client and level: the unique index decides who raises it."""

    __tablename__ = "alert"
    __table_args__ = (
        one_open("uq_alert_open", "client_id", "level", is_open="open", is_closed="closed"),
        {**NEVER_REUSED, **shown_as("alert", "alert_owner")},
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    client_id: int = Field(foreign_key="client.id", index=True)
    level: int
    rule: str = technical()
    figures: dict[str, Any] = technical(sa_type=JSON)
    state: str = technical("open")
    raised_at: datetime = Field(sa_type=UtcDateTime)
    post_at: datetime = Field(sa_type=UtcDateTime)
    taken_by_id: int | None = Field(default=None, foreign_key="person.id")
    taken_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    acted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


ALERT = AlertRow.__table__
