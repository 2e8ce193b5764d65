"""What clients asked or said after a letter."""

from datetime import date, datetime

from sqlmodel import Field

from storage.tables.columns import NEVER_REUSED, Row, UtcDateTime, free_text, technical


class PushbackRow(Row, table=True):
    """Something that a client asked or said after the letter of a decision."""

    __tablename__ = "pushback"
    __table_args__ = (NEVER_REUSED,)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id", index=True)
    client_id: int = Field(foreign_key="client.id", index=True)
    decision_id: int = Field(foreign_key="decision.id", index=True)
    letter_id: int = Field(foreign_key="letter.id")
    kind: str = technical()
    said: str = free_text()
    said_on: date
    recorded_by_id: int = Field(foreign_key="person.id")
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    answer_by: date | None = None
    settled_by_id: int | None = Field(default=None, foreign_key="person.id")
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


PUSHBACK = PushbackRow.__table__
