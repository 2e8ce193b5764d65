"""Evaluations: rounds, views and answers, what is not given yet, and the client's side.

Views and answers are only ever added: the newest of a person counts, the older ones are the history.
"""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field

from storage.tables.columns import NEVER_REUSED, Row, UtcDateTime, free_text, technical


class EvaluationRoundRow(Row, table=True):
    """One round of an evaluation; a decision or the end of the discussion ends it."""

    __tablename__ = "evaluation_round"

    discussion_id: int = Field(foreign_key="discussion.id", primary_key=True)
    number: int = Field(primary_key=True)
    begun_at: datetime = Field(sa_type=UtcDateTime)
    views_by: date
    shown_as: str = technical("names")
    extended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    shown_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    early_by_id: int | None = Field(default=None, foreign_key="person.id")
    early_reason: str = free_text("")


class EvaluationViewRow(Row, table=True):
    """What somebody thought at one moment of a round."""

    __tablename__ = "evaluation_view"
    __table_args__ = (Index("ix_evaluation_view_round", "discussion_id", "round", "person_id"), NEVER_REUSED)

    id: int | None = Field(default=None, primary_key=True)
    discussion_id: int = Field(foreign_key="discussion.id")
    round: int
    person_id: int = Field(foreign_key="person.id")
    choice: str = technical()
    reason: str = free_text()
    deals_with: bool
    given_at: datetime = Field(sa_type=UtcDateTime)


class EvaluationAnswerRow(Row, table=True):
    """What somebody wrote about one topic at one moment."""

    __tablename__ = "evaluation_answer"
    __table_args__ = (Index("ix_evaluation_answer_topic", "discussion_id", "topic", "person_id"), NEVER_REUSED)

    id: int | None = Field(default=None, primary_key=True)
    discussion_id: int = Field(foreign_key="discussion.id")
    topic: str = technical()
    person_id: int = Field(foreign_key="person.id")
    text: str = free_text()
    answered_at: datetime = Field(sa_type=UtcDateTime)


class EvaluationDraftRow(Row, table=True):
    """What somebody has typed or chosen in the form and not given yet; `field` is a topic, `choice` or `reason`.

    Nobody else ever sees it.
    """

    __tablename__ = "evaluation_draft"

    discussion_id: int = Field(foreign_key="discussion.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    field: str = technical(primary_key=True)
    text: str = free_text()
    saved_at: datetime = Field(sa_type=UtcDateTime)


class EvaluationAwayRow(Row, table=True):
    """Somebody who cannot answer in a round, by their own word or a reviewer's: nobody waits for them."""

    __tablename__ = "evaluation_away"

    discussion_id: int = Field(foreign_key="discussion.id", primary_key=True)
    round: int = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    said_at: datetime = Field(sa_type=UtcDateTime)


class ClientStatementRow(Row, table=True):
    """The client's side, as somebody heard it."""

    __tablename__ = "client_statement"
    __table_args__ = (NEVER_REUSED,)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    client_id: int = Field(foreign_key="client.id", index=True)
    discussion_id: int | None = Field(default=None, foreign_key="discussion.id")
    says: str = free_text()
    our_part: str = free_text()
    said_on: date
    source: str = technical()
    recorded_by_id: int = Field(foreign_key="person.id")
    recorded_at: datetime = Field(sa_type=UtcDateTime)


ROUND = EvaluationRoundRow.__table__
VIEW = EvaluationViewRow.__table__
ANSWER = EvaluationAnswerRow.__table__
DRAFT = EvaluationDraftRow.__table__
AWAY = EvaluationAwayRow.__table__
STATEMENT = ClientStatementRow.__table__
