"""What was expected of a decision to part, and the looks back on it."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Numeric, UniqueConstraint
from sqlmodel import Field

from storage.tables.columns import NEVER_REUSED, Row, UtcDateTime, free_text, shown_as, technical


class ForecastRow(Row, table=True):
    """What was expected when a decision to part was taken; it never changes."""

    __tablename__ = "forecast"

    decision_id: int = Field(foreign_key="decision.id", primary_key=True)
    hours: Decimal | None = Field(default=None, sa_type=Numeric(10, 2))
    amount: Decimal | None = Field(default=None, sa_type=Numeric(14, 2))
    currency: str = technical("")
    calm: str | None = technical(None)


class LookBackRow(Row, table=True):
    """One look back on a decision; until it is answered it holds only when it is due."""

    __tablename__ = "look_back"
    __table_args__ = (
        UniqueConstraint("decision_id", "months"),
        {**NEVER_REUSED, **shown_as("look_back")},
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    client_id: int = Field(foreign_key="client.id", index=True)
    decision_id: int = Field(foreign_key="decision.id")
    months: int
    due_on: date
    hours: Decimal | None = Field(default=None, sa_type=Numeric(10, 2))
    amount: Decimal | None = Field(default=None, sa_type=Numeric(14, 2))
    currency: str = technical("")
    calm: str | None = technical(None)
    cost: str = free_text("")
    was_right: str | None = technical(None)
    answered_by_id: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


FORECAST = ForecastRow.__table__
LOOK_BACK = LookBackRow.__table__
