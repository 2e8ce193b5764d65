"""Debriefs: when a client that left is looked back on."""

from datetime import datetime

from sqlalchemy import DateTime, UniqueConstraint
from sqlmodel import Field

from storage.tables.columns import NEVER_REUSED, Row, UtcDateTime, free_text, one_open, shown_as, technical


class DebriefRow(Row, table=True):
    """One planned debrief a client; `local_at` is naive wall time in `zone`, from which `starts_at` follows."""

    __tablename__ = "debrief"
    __table_args__ = (
        one_open("uq_debrief_planned", "client_id", is_open="planned", is_closed="cancelled"),
        {**NEVER_REUSED, **shown_as("debrief", "debrief_agenda", "debrief_summary")},
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


class DebriefEndRow(Row, table=True):
    """How a debrief ended: closed by somebody, or by itself."""

    __tablename__ = "debrief_end"

    debrief_id: int = Field(foreign_key="debrief.id", primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    by_id: int | None = Field(default=None, foreign_key="person.id")


class DebriefPersonRow(Row, table=True):
    """Somebody invited to a debrief; `nudges` counts how often they were asked to answer."""

    __tablename__ = "debrief_person"

    debrief_id: int = Field(foreign_key="debrief.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    nudges: int = 0
    away_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DebriefAnswerRow(Row, table=True):
    """What somebody answered to one question, as it stands."""

    __tablename__ = "debrief_answer"
    __table_args__ = (UniqueConstraint("debrief_id", "person_id", "question"), NEVER_REUSED)

    id: int | None = Field(default=None, primary_key=True)
    debrief_id: int = Field(foreign_key="debrief.id")
    person_id: int = Field(foreign_key="person.id")
    question: str = technical()
    text: str = free_text()
    answered_at: datetime = Field(sa_type=UtcDateTime)


DEBRIEF = DebriefRow.__table__
DEBRIEF_END = DebriefEndRow.__table__
DEBRIEF_PERSON = DebriefPersonRow.__table__
DEBRIEF_ANSWER = DebriefAnswerRow.__table__
