"""What came in, what must go out, what is due, and which messages stand where."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Index, UniqueConstraint
from sqlmodel import Field

from storage.tables.columns import NEVER_REUSED, Row, UtcDateTime, identifying, only_where, technical


class InboxRow(Row, table=True):
    """A delivery that was handled: its key, a hash of what it said, and the answer that was given.

    The row commits together with the effect, so a repeated delivery finds both or neither.
    """

    __tablename__ = "inbox"
    # Its rows stand in the order of their keys, so that no index for the keys has to be written beside them.
    __table_args__: ClassVar[dict[str, Any]] = {"sqlite_with_rowid": False}

    workspace_id: int = Field(foreign_key="workspace.id", primary_key=True)
    key: str = technical(primary_key=True)
    content_hash: str = technical("")
    answer: dict[str, Any] | None = identifying(None, sa_type=JSON)
    received_at: datetime = Field(sa_type=UtcDateTime, index=True)


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
    id: str = technical()
    workspace_id: int = Field(foreign_key="workspace.id")
    lane: str = technical()
    kind: str = technical()
    subject: str = technical()
    payload: dict[str, Any] = technical(sa_type=JSON)
    state: str = technical("pending")
    due_at: datetime = Field(sa_type=UtcDateTime)
    put_at: datetime = Field(sa_type=UtcDateTime)
    attempts: int = 0
    maybe_sent: bool = False
    first_sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    lease_token: str | None = technical(None)
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str | None = technical(None)
    code: str | None = technical(None)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class MessageRow(Row, table=True):
    """A message of ours that lives on: which subject it shows, and where it stands."""

    __tablename__ = "message"
    __table_args__ = (UniqueConstraint("workspace_id", "subject"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    subject: str = technical()
    place_id: int = Field(foreign_key="place.id", index=True)
    external_id: str = technical()
    thread_external_id: str | None = technical(None)


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
    kind: str = technical()
    subject: str = technical()
    state: str = technical("pending")
    due_at: datetime = Field(sa_type=UtcDateTime)
    local_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=False))
    zone: str | None = technical(None)
    attempts: int = 0
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class MetaRow(Row, table=True):
    """Facts about the database itself, such as the quarantine of a restored copy."""

    __tablename__ = "meta"

    key: str = technical(primary_key=True)
    value: str = technical()


INBOX = InboxRow.__table__
OUTBOX = OutboxRow.__table__
MESSAGE = MessageRow.__table__
DUE = DueRow.__table__
META = MetaRow.__table__
