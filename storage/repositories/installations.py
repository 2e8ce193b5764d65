"""Where we are installed, in SQL."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.usecases.ports.installations import StoredInstallation
from storage.engines.upsert import insert_or_update
from storage.tables.installations import INSTALLATION


class SqlInstallationRepository:
    """`InstallationRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, workspace_id: int) -> StoredInstallation | None:
        columns = (INSTALLATION.c.sealed, INSTALLATION.c.installed_at)
        statement = select(*columns).where(INSTALLATION.c.workspace_id == workspace_id)
        row = self._connection.execute(statement).one_or_none()
        return StoredInstallation(*row) if row else None

    def save(self, workspace_id: int, sealed: str, now: datetime) -> None:
        values = {"workspace_id": workspace_id, "sealed": sealed, "installed_at": now}
        self._connection.execute(insert_or_update(self._connection, INSTALLATION, ("workspace_id",)), values)

    def remove(self, workspace_id: int) -> None:
        self._connection.execute(delete(INSTALLATION).where(INSTALLATION.c.workspace_id == workspace_id))

    def installed_at(self) -> dict[int, datetime]:
        found = self._connection.execute(select(INSTALLATION.c.workspace_id, INSTALLATION.c.installed_at))
        return dict(found.all())
