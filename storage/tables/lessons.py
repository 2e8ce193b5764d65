"""Lessons: what a team changes after a client has left."""

from datetime import date, datetime

from sqlmodel import Field

from storage.tables.columns import NEVER_REUSED, Row, UtcDateTime, free_text, technical


class LessonRow(Row, table=True):
    """A change with an owner and a day; it is reminded of until it is made or dropped, and asked about later."""

    __tablename__ = "lesson"
    __table_args__ = (NEVER_REUSED,)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id", index=True)
    client_id: int = Field(foreign_key="client.id", index=True)
    debrief_id: int = Field(foreign_key="debrief.id", index=True)
    change: str = free_text()
    owner_id: int = Field(foreign_key="person.id", index=True)
    due_on: date
    head: str = technical()
    category: str = technical("")
    state: str = technical("open")
    added_by_id: int = Field(foreign_key="person.id")
    added_at: datetime = Field(sa_type=UtcDateTime)
    settled_by_id: int | None = Field(default=None, foreign_key="person.id")
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    dropped_because: str = free_text("")
    reviewed_by_id: int | None = Field(default=None, foreign_key="person.id")
    reviewed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    helped: str | None = technical(None)
    review_note: str = free_text("")


LESSON = LessonRow.__table__
