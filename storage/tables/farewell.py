"""Tables of the farewell: the closing terms as people filled them in."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from storage.tables.columns import NEVER_REUSED, Row, UtcDateTime, free_text, technical


class ClosingTermRow(Row, table=True):
    """What somebody filled in for a term; the newest row of a term is what stands, and an empty one takes it out."""

    __tablename__ = "closing_term"
    __table_args__ = (Index("ix_closing_term_discussion", "discussion_id", "term"), NEVER_REUSED)

    id: int | None = Field(default=None, primary_key=True)
    discussion_id: int = Field(foreign_key="discussion.id")
    term: str = technical()
    text: str = free_text()
    saved_by_id: int = Field(foreign_key="person.id")
    saved_at: datetime = Field(sa_type=UtcDateTime)


CLOSING_TERM = ClosingTermRow.__table__
