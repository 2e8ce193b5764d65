"""The audit trail: append only, each entry sealed with the one before it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from storage.tables.columns import NEVER_REUSED, Row, UtcDateTime, history, technical


class AuditHeadRow(Row, table=True):
    """The newest entry of a workspace's trail, so that a trail which was cut short shows; those who add take turns."""

    __tablename__ = "audit_head"

    workspace_id: int = Field(foreign_key="workspace.id", primary_key=True)
    number: int
    seal: str = technical()


class AuditRow(Row, table=True):
    """Who did what to whom, without a word that anybody typed.

    `number` counts within the workspace without a gap, and `seal` is a digest of the entry and of the seal before it:
    an entry that was changed or removed shows.
    """

    __tablename__ = "audit"
    __table_args__ = (UniqueConstraint("workspace_id", "number"), NEVER_REUSED)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    number: int
    at: datetime = Field(sa_type=UtcDateTime)
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    action: str = technical()
    client_id: int | None = Field(
        default=None, foreign_key="client.id", index=True, sa_column_kwargs=history("It is sealed.")
    )
    subject: str = technical()
    details: dict[str, Any] = technical(sa_type=JSON)
    seal: str = technical()


AUDIT_HEAD = AuditHeadRow.__table__
AUDIT = AuditRow.__table__
