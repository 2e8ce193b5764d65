"""Discussions and who was asked into them."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.tables.columns import NEVER_REUSED, Row, UtcDateTime, one_open, shown_as, technical


class DiscussionRow(Row, table=True):
    """A talk about a client: one open a client, whoever asks and however often.

    `channel_name` is what its space was called when it was opened; the case code may have been taken.
    """

    __tablename__ = "discussion"
    __table_args__ = (
        one_open("uq_discussion_open", "client_id", is_open="open", is_closed="closed"),
        UniqueConstraint("workspace_id", "number"),
        {**NEVER_REUSED, **shown_as("discussion", "flag_enters")},
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    client_id: int = Field(foreign_key="client.id", index=True)
    number: int
    style: str = technical()
    state: str = technical("open")
    opened_at: datetime = Field(sa_type=UtcDateTime)
    views_by: date
    opened_by_id: int | None = Field(default=None, foreign_key="person.id")
    alert_id: int | None = Field(default=None, foreign_key="alert.id")
    place_id: int | None = Field(default=None, foreign_key="place.id", index=True)
    channel_name: str | None = technical(None)
    thread_reason: str | None = technical(None)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DiscussionPersonRow(Row, table=True):
    """Somebody asked into a discussion; `state` is `wanted`, `invited`, `refused` or `left`."""

    __tablename__ = "discussion_person"

    discussion_id: int = Field(foreign_key="discussion.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    state: str = technical("wanted")


DISCUSSION = DiscussionRow.__table__
DISCUSSION_PERSON = DiscussionPersonRow.__table__
