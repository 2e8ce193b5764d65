"""Debriefs: when a client that left is looked back on."""

from datetime import datetime

from sqlalchemy import DateTime
from sqlmodel import Field

from storage.tables.columns import NEVER_REUSED, Row, UtcDateTime, one_open, technical


class DebriefRow(Row, table=True):
    """One planned debrief a client; `local_at` is naive wall time in `zone`, from which `starts_at` follows."""

    __tablename__ = "debrief"
    __table_args__ = (
        one_open("uq_debrief_planned", "client_id", is_open="planned", is_closed="cancelled"),
        NEVER_REUSED,
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    client_id: int = Field(foreign_key="client.id", index=True)
    state: str = technical("planned")
    local_at: datetime = Field(sa_type=DateTime(timezone=False))
    zone: str = technical()
    starts_at: datetime = Field(sa_type=UtcDateTime)
    sequence: int = 0
    uid: str = technical()
    place_id: int | None = Field(default=None, foreign_key="place.id")
    planned_by_id: int | None = Field(default=None, foreign_key="person.id")
    planned_at: datetime = Field(sa_type=UtcDateTime)


class DebriefPersonRow(Row, table=True):
    """Somebody invited to a debrief."""

    __tablename__ = "debrief_person"

    debrief_id: int = Field(foreign_key="debrief.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)


DEBRIEF = DebriefRow.__table__
DEBRIEF_PERSON = DebriefPersonRow.__table__
