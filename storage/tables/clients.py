"""Clients, what they are called, who deals with them, and merges."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Index, Numeric, UniqueConstraint, text
from sqlmodel import Field

from storage.tables.columns import (
    NEVER_REUSED,
    Row,
    UtcDateTime,
    history,
    identifying,
    merged_apart,
    only_where,
    technical,
)

_BETWEEN = merged_apart("A merge stays one between the same two, so that it can be undone.")


class ClientRow(Row, table=True):
    """A client. `rank` orders "clients that stand out" without reading flags; it can be rebuilt at any time.

    One with `removed_at` was added by mistake: it has no name rows and is changed no more. One with `erased_at` has no
    name either, and nothing refers to it but the audit trail and clients that were merged into it.
    """

    __tablename__ = "client"
    __table_args__ = (
        Index(
            "ix_client_standing_out",
            "workspace_id",
            text("rank DESC"),
            **only_where("merged_into_id IS NULL"),
        ),
        NEVER_REUSED,
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    name: str = identifying()
    stage: str = technical("active")
    alerted: int = 0
    rank: float = 0.0
    owner_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    language: str | None = technical(None)
    yearly_value: Decimal | None = Field(default=None, sa_type=Numeric(14, 2))
    external_reference: str | None = identifying(None)
    agreement_kind: str = technical("unknown")
    agreement_ends_on: date | None = None
    payment_days: int | None = None
    is_consumer: bool | None = None
    left_on: date | None = None
    merged_into_id: int | None = Field(
        default=None, foreign_key="client.id", sa_column_kwargs=history("It is what merging writes.")
    )
    created_at: datetime = Field(sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    notice_count: int | None = None
    notice_unit: str | None = technical(None)
    notice_to: str | None = technical(None)
    notice_form: str | None = technical(None)
    renewal: str | None = technical(None)
    renewed_months: int | None = None
    governing_law: str | None = technical(None)
    yearly_currency: str | None = technical(None)


class ClientNameRow(Row, table=True):
    """Every name that finds a client: its own and its aliases, unique once normalized."""

    __tablename__ = "client_name"
    __table_args__ = (UniqueConstraint("workspace_id", "normalized"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    client_id: int = Field(
        foreign_key="client.id", index=True, sa_column_kwargs=merged_apart("Names become aliases of the other client.")
    )
    name: str = identifying()
    normalized: str = identifying()
    is_alias: bool = False


class ClientPersonRow(Row, table=True):
    """A colleague who deals with a client."""

    __tablename__ = "client_person"

    client_id: int = Field(
        foreign_key="client.id",
        primary_key=True,
        sa_column_kwargs=merged_apart("The other client gets whoever it lacks, and the owner."),
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)


class ContactRow(Row, table=True):
    """A person at the client."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("client_id", "normalized"),)

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id")
    name: str = identifying()
    normalized: str = identifying()


class ClientMergeRow(Row, table=True):
    """A merge, with the ids of every row that moved, so that undoing it puts each back."""

    __tablename__ = "client_merge"
    __table_args__ = NEVER_REUSED

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    from_client_id: int = Field(foreign_key="client.id", index=True, sa_column_kwargs=_BETWEEN)
    into_client_id: int = Field(foreign_key="client.id", index=True, sa_column_kwargs=_BETWEEN)
    moved: dict[str, Any] = identifying(sa_type=JSON)
    merged_by_id: int = Field(foreign_key="person.id")
    merged_at: datetime = Field(sa_type=UtcDateTime)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


CLIENT = ClientRow.__table__
CLIENT_NAME = ClientNameRow.__table__
CLIENT_PERSON = ClientPersonRow.__table__
CONTACT = ContactRow.__table__
MERGE = ClientMergeRow.__table__
