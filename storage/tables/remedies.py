"""Remedies."""

from datetime import date, datetime

from sqlmodel import Field

from storage.tables.columns import NEVER_REUSED, Row, UtcDateTime, free_text, technical


class RemedyRow(Row, table=True):
    """One dated trial to put things right with a client."""

    __tablename__ = "remedy"
    __table_args__ = (NEVER_REUSED,)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    client_id: int = Field(foreign_key="client.id", index=True)
    discussion_id: int | None = Field(default=None, foreign_key="discussion.id", index=True)
    kind: str = technical()
    description: str = free_text()
    owner_id: int = Field(foreign_key="person.id")
    starts_on: date
    ends_on: date
    test: str = technical()
    test_category: str | None = technical(None)
    test_points: float | None = None
    state: str = technical("running")
    begun_by_id: int = Field(foreign_key="person.id")
    begun_at: datetime = Field(sa_type=UtcDateTime)
    judged: str | None = technical(None)
    judged_flags: int | None = None
    judged_score: float | None = None
    judged_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    outcome: str | None = technical(None)
    outcome_note: str = free_text("")
    confirmed_by_id: int | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


REMEDY = RemedyRow.__table__
