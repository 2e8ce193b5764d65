"""Which migration a database is at."""

from __future__ import annotations

from typing import TypeGuard

from sqlalchemy import Connection, inspect

HEAD = "0022"
"""The migration that this code needs."""


def stored_revision(connection: Connection) -> str | None:
    """The migration the database is at; `None` when it holds no schema of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none()
    return revision


def is_current(revision: str | None, head: str = HEAD) -> TypeGuard[str]:
    """Whether this code can run on a database at `revision`: at the one it needs, or at a newer one."""
    return revision is not None and revision >= head
