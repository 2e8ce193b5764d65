"""Texts and files that a workspace uses in place of those that come with the bot."""

from datetime import datetime

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field

from storage.tables.columns import NEVER_REUSED, Row, UtcDateTime, technical


class WorkspaceTextRow(Row, table=True):
    """One version of a text; without content it says that what comes with the bot is in use again."""

    __tablename__ = "workspace_text"
    __table_args__ = (UniqueConstraint("workspace_id", "kind", "language", "version"), NEVER_REUSED)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    kind: str = technical()
    language: str = technical("")
    version: int
    content: bytes | None = Field(default=None, sa_type=LargeBinary)
    saved_by_id: int = Field(foreign_key="person.id")
    saved_at: datetime = Field(sa_type=UtcDateTime)


WORKSPACE_TEXT = WorkspaceTextRow.__table__
