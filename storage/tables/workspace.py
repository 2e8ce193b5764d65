"""Workspaces, their people, and where either is found on a chat platform."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from storage.tables.columns import NEVER_REUSED, Row, UtcDateTime, technical


class WorkspaceRow(Row, table=True):
    """A tenant. `settings` holds what differs from the defaults; `settings_version` grows with each change.

    `disconnected_at` is set while the platform refuses our token, which parks everything outgoing.
    """

    __tablename__ = "workspace"
    __table_args__ = (UniqueConstraint("platform", "external_id"),)

    id: int | None = Field(default=None, primary_key=True)
    platform: str = technical()
    external_id: str = technical()
    settings: dict[str, Any] = technical(sa_type=JSON)
    settings_version: int = 1
    last_case_number: int = 0
    created_at: datetime = Field(sa_type=UtcDateTime)
    disconnected_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PersonRow(Row, table=True):
    """A colleague; names stay on the platform. `left_at` is set once the platform says they are gone."""

    __tablename__ = "person"
    __table_args__ = NEVER_REUSED

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id", index=True)
    language: str = technical()
    zone: str = technical()
    is_reviewer: bool = False
    is_admin: bool = False
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class IdentityRow(Row, table=True):
    """Where a person is found on a platform: the only place of its user ids."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("workspace_id", "platform", "external_id"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    platform: str = technical()
    external_id: str = technical()


class PlaceRow(Row, table=True):
    """A channel or direct message on a platform: the only place of its channel ids.

    `state` is `open`, `archived` or `gone`; a renamed place keeps its id. Since `covered_at` a neutral line stands
    where our messages did, as somebody is there who must not read them.
    """

    __tablename__ = "place"
    __table_args__ = (UniqueConstraint("workspace_id", "platform", "external_id"), NEVER_REUSED)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    platform: str = technical()
    external_id: str = technical()
    state: str = technical("open")
    covered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


WORKSPACE = WorkspaceRow.__table__
PERSON = PersonRow.__table__
IDENTITY = IdentityRow.__table__
PLACE = PlaceRow.__table__
