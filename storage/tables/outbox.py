"""What came in, what must go out, what is due, and which messages stand where."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Column, DateTime, Index, UniqueConstraint
from sqlmodel import Field

from storage.tables.columns import NEVER_REUSED, Row, UtcDateTime, only_where


class InboxRow(Row, table=True):
    """A delivery that was handled: its key, a hash of what it said, and the answer that was given.

    The row commits together with the effect, so a repeated delivery finds both or neither.
    """

    __tablename__ = "inbox"
    # Its rows stand in the order of their keys, so that no index for the keys has to be written beside them.
    __table_args__: ClassVar[dict[str, Any]] = {"sqlite_with_rowid": False}

    workspace_id: int = Field(foreign_key="workspace.id", primary_key=True)
    key: str = Field(primary_key=True)
    content_hash: str = ""
    answer: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    received_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False, index=True))


class OutboxRow(Row, table=True):
    """A notice on its way. `id` is the intent (a UUID), `position` keeps the order inside a lane.

    States: `pending`, `sending` (leased), `parked` (waits for a person), `sent`, `obsolete`, `dead`.
    `maybe_sent` says that an earlier attempt ended without an answer, so that the platform is asked first.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_due",
            "due_at",
            "position",
            **only_where("state IN ('pending', 'sending')"),
        ),
        Index(
            "ix_outbox_lane",
            "workspace_id",
            "lane",
            "position",
            **only_where("state IN ('pending', 'sending', 'parked', 'dead')"),
        ),
        Index(
            "ix_outbox_subject",
            "workspace_id",
            "kind",
            "subject",
            **only_where("state = 'pending'"),
        ),
        UniqueConstraint("id"),
        NEVER_REUSED,
    )

    position: int | None = Field(default=None, primary_key=True)
    id: str
    workspace_id: int = Field(foreign_key="workspace.id")
    lane: str
    kind: str
    subject: str
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    state: str = "pending"
    due_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    put_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    attempts: int = 0
    maybe_sent: bool = False
    first_sent_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    lease_token: str | None = None
    lease_until: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    reason: str | None = None
    code: str | None = None
    done_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class MessageRow(Row, table=True):
    """A message of ours that lives on: which subject it shows, and where it stands."""

    __tablename__ = "message"
    __table_args__ = (UniqueConstraint("workspace_id", "subject"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    subject: str
    place_id: int = Field(foreign_key="place.id", index=True)
    external_id: str
    thread_external_id: str | None = None


class DueRow(Row, table=True):
    """Something to do at a moment. `local_at` and `zone`, where given, are what `due_at` is computed from."""

    __tablename__ = "due"
    __table_args__ = (
        Index(
            "ix_due_pending",
            "due_at",
            "id",
            **only_where("state = 'pending'"),
        ),
        UniqueConstraint("workspace_id", "kind", "subject"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    kind: str
    subject: str
    state: str = "pending"
    due_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    local_at: datetime | None = Field(default=None, sa_column=Column(DateTime(timezone=False)))
    zone: str | None = None
    attempts: int = 0
    done_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class MetaRow(Row, table=True):
    """Facts about the database itself, such as the quarantine of a restored copy."""

    __tablename__ = "meta"

    key: str = Field(primary_key=True)
    value: str


INBOX = InboxRow.__table__
OUTBOX = OutboxRow.__table__
MESSAGE = MessageRow.__table__
DUE = DueRow.__table__
META = MetaRow.__table__
