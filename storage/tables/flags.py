"""Flags, their history, and what colleagues add to them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import JSON, Index, Numeric
from sqlmodel import Field

from storage.tables.columns import NEVER_REUSED, Row, UtcDateTime, free_text, shown_as, technical


class FlagRow(Row, table=True):
    """One recorded event.

    The scoring index covers everything that a check of one client reads. It holds the flags that no longer count as
    well, and so serves the timeline: a second index would have to be written with every flag.
    """

    __tablename__ = "flag"
    __table_args__ = (
        Index(
            "ix_flag_scoring",
            "client_id",
            "happened_on",
            "id",
            "category",
            "severity",
            "reporter_id",
            "witness_count",
            "state",
        ),
        {**NEVER_REUSED, **shown_as("flag", "flag_receipt", "discussion_flag")},
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    client_id: int = Field(foreign_key="client.id")
    reporter_id: int = Field(foreign_key="person.id", index=True)
    state: str = technical("open")
    category: str = technical()
    severity: int
    happened_on: date
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    what_happened: str = free_text()
    my_view: str = free_text("")
    signals: list[str] = technical(sa_type=JSON)
    contact_id: int | None = Field(default=None, foreign_key="contact.id")
    impact_hours: Decimal | None = Field(default=None, sa_type=Numeric(10, 2))
    impact_amount: Decimal | None = Field(default=None, sa_type=Numeric(14, 2))
    links: list[str] = free_text(sa_type=JSON)
    evidence: dict[str, Any] | None = free_text(None, sa_type=JSON)
    witness_count: int = 0
    edited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_reason: str = free_text("")
    impact_currency: str | None = technical(None)


class FlagRevisionRow(Row, table=True):
    """What a flag said before an edit."""

    __tablename__ = "flag_revision"

    flag_id: int = Field(foreign_key="flag.id", primary_key=True)
    number: int = Field(primary_key=True)
    content: dict[str, Any] = free_text(sa_type=JSON)
    replaced_at: datetime = Field(sa_type=UtcDateTime)


class WitnessRow(Row, table=True):
    """A colleague's "I saw this too" and "I see it differently", which say no more of each other than any two views."""

    __tablename__ = "witness"

    flag_id: int = Field(foreign_key="flag.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    kind: str = technical(primary_key=True)
    note: str = free_text("")
    added_at: datetime = Field(sa_type=UtcDateTime)


class TaskRow(Row, table=True):
    """Something one colleague is asked to do, privately."""

    __tablename__ = "task"
    __table_args__: ClassVar[dict[str, Any]] = {**NEVER_REUSED, **shown_as("care")}

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    client_id: int = Field(foreign_key="client.id", index=True)
    kind: str = technical()
    assignee_id: int = Field(foreign_key="person.id")
    due_on: date
    flag_id: int | None = Field(default=None, foreign_key="flag.id")
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


FLAG = FlagRow.__table__
REVISION = FlagRevisionRow.__table__
WITNESS = WitnessRow.__table__
TASK = TaskRow.__table__
