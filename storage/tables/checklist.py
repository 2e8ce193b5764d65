"""The checklist after a letter: what is to be done, by whom, and what came of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from storage.tables.columns import NEVER_REUSED, Row, UtcDateTime, free_text, shown_as, technical


class ChecklistItemRow(Row, table=True):
    """A point of one case, in the words that it began with."""

    __tablename__ = "checklist_item"
    __table_args__ = ({**NEVER_REUSED, **shown_as("checklist_item")},)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    client_id: int = Field(foreign_key="client.id", index=True)
    decision_id: int = Field(foreign_key="decision.id", index=True)
    key: str = technical()
    text: str = free_text()
    owner_id: int = Field(foreign_key="person.id", index=True)
    due_on: date
    counts_from: str = technical()
    days: int
    day: str | None = technical(None)
    after: list[Any] = technical(sa_type=JSON)
    two_steps: bool
    needs_proof: bool
    is_critical: bool
    state: str = technical("open")
    is_moved: bool = False
    reminders: int = 0
    proof: str = free_text("")
    moved_because: str = free_text("")
    done_by_id: int | None = Field(default=None, foreign_key="person.id")
    at: datetime | None = Field(default=None, sa_type=UtcDateTime)


CHECKLIST_ITEM = ChecklistItemRow.__table__
