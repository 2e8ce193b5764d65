"""Decisions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field

from storage.tables.columns import NEVER_REUSED, Row, UtcDateTime, only_where

_STANDS = "state IN ('proposed', 'taken')"


class DecisionRow(Row, table=True):
    """A decision; one a round stands at most, and the unique index decides between two at the same instant."""

    __tablename__ = "decision"
    __table_args__ = (
        Index("uq_decision_stands", "discussion_id", "round", unique=True, **only_where(_STANDS)),
        NEVER_REUSED,
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    client_id: int = Field(foreign_key="client.id", index=True)
    discussion_id: int = Field(foreign_key="discussion.id")
    round: int
    outcome: str
    state: str
    reason: str
    next_on: date
    made_by_id: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    snapshot: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    learned: str = ""
    against_majority: str = ""
    no_remedy_possible: str = ""
    client_side_waived: str = ""
    confirmed_by_id: int | None = Field(default=None, foreign_key="person.id")
    confirmed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    reopened_by_id: int | None = Field(default=None, foreign_key="person.id")
    reopened_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    reopen_reason: str = ""
    declined_by_id: int | None = Field(default=None, foreign_key="person.id")
    declined_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    decline_reason: str = ""
    followed_up_by_id: int | None = Field(default=None, foreign_key="person.id")
    followed_up_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    letter_sent_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


DECISION = DecisionRow.__table__
