"""Decisions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field

from storage.tables.columns import NEVER_REUSED, Row, UtcDateTime, free_text, only_where, shown_as, technical

_STANDS = "state IN ('proposed', 'taken')"


class DecisionRow(Row, table=True):
    """A decision; one a round stands at most, and the unique index decides between two at the same instant."""

    __tablename__ = "decision"
    __table_args__ = (
        Index("uq_decision_stands", "discussion_id", "round", unique=True, **only_where(_STANDS)),
        {**NEVER_REUSED, **shown_as("decision", "decision_confirm", "decision_due", "checklist")},
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    client_id: int = Field(foreign_key="client.id", index=True)
    discussion_id: int = Field(foreign_key="discussion.id")
    round: int
    outcome: str = technical()
    state: str = technical()
    reason: str = free_text()
    next_on: date
    made_by_id: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)
    snapshot: dict[str, Any] = free_text(sa_type=JSON)
    learned: str = free_text("")
    against_majority: str = free_text("")
    no_remedy_possible: str = free_text("")
    client_side_waived: str = free_text("")
    confirmed_by_id: int | None = Field(default=None, foreign_key="person.id")
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reopened_by_id: int | None = Field(default=None, foreign_key="person.id")
    reopened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reopen_reason: str = free_text("")
    declined_by_id: int | None = Field(default=None, foreign_key="person.id")
    declined_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decline_reason: str = free_text("")
    followed_up_by_id: int | None = Field(default=None, foreign_key="person.id")
    followed_up_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    letter_sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


DECISION = DecisionRow.__table__
