"""Tables of the farewell: the closing terms as people filled them in, and letters with their versions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field

from storage.tables.columns import NEVER_REUSED, Row, UtcDateTime, free_text, shown_as, technical


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


class LetterRow(Row, table=True):
    """A letter: a farewell, one for each decision, or a warning or boundary, one for each trial; the client is held."""

    __tablename__ = "letter"
    __table_args__ = ({**NEVER_REUSED, **shown_as("letter", "letter_approval")},)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    client_id: int = Field(foreign_key="client.id", index=True)
    kind: str = technical()
    discussion_id: int | None = Field(default=None, foreign_key="discussion.id", index=True)
    decision_id: int | None = Field(default=None, foreign_key="decision.id", index=True)
    remedy_id: int | None = Field(default=None, foreign_key="remedy.id", index=True)
    begun_by_id: int = Field(foreign_key="person.id")
    begun_at: datetime = Field(sa_type=UtcDateTime)


class LetterVersionRow(Row, table=True):
    """What a letter said, as JSON of `LetterContent`."""

    __tablename__ = "letter_version"

    letter_id: int = Field(foreign_key="letter.id", primary_key=True)
    number: int = Field(primary_key=True)
    content: dict[str, Any] = free_text(sa_type=JSON)
    saved_by_id: int = Field(foreign_key="person.id")
    saved_at: datetime = Field(sa_type=UtcDateTime)


class LetterCopyRow(Row, table=True):
    """What somebody has typed and not saved; `base` is the version that they began from."""

    __tablename__ = "letter_copy"

    letter_id: int = Field(foreign_key="letter.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    base: int
    content: dict[str, Any] = free_text(sa_type=JSON)
    kept_at: datetime = Field(sa_type=UtcDateTime)


class LetterEventRow(Row, table=True):
    """What happened to a letter, in the order of its ids."""

    __tablename__ = "letter_event"
    __table_args__ = (NEVER_REUSED,)

    id: int | None = Field(default=None, primary_key=True)
    letter_id: int = Field(foreign_key="letter.id", index=True)
    version: int
    kind: str = technical()
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)
    text: str = free_text("")
    sent_on: date | None = None
    sent_by: str | None = technical(None)
    letter: dict[str, Any] | None = free_text(None, sa_type=JSON)
    own_texts: dict[str, int] | None = technical(None, sa_type=JSON)


CLOSING_TERM = ClosingTermRow.__table__
LETTER = LetterRow.__table__
LETTER_VERSION = LetterVersionRow.__table__
LETTER_COPY = LetterCopyRow.__table__
LETTER_EVENT = LetterEventRow.__table__
