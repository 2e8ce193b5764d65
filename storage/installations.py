"""Where we are installed, in SQL."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from bot.usecases.ports.installations import StoredInstallation
from storage.columns import METADATA
from storage.tables import InstallationRow
from storage.upsert import insert_or_update

INSTALLATION = METADATA.tables[InstallationRow.__tablename__]

_THIS = INSTALLATION.c.workspace_id == bindparam("workspace")
_FIND = select(INSTALLATION.c.sealed, INSTALLATION.c.installed_at).where(_THIS)
_REMOVE = delete(INSTALLATION).where(_THIS)
_ALL = select(INSTALLATION.c.workspace_id, INSTALLATION.c.installed_at)


class SqlInstallationRepository:
    """`InstallationRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, workspace_id: int) -> StoredInstallation | None:
        row = self._connection.execute(_FIND, {"workspace": workspace_id}).one_or_none()
        return StoredInstallation(row.sealed, row.installed_at) if row else None

    def save(self, workspace_id: int, sealed: str, now: datetime) -> None:
        self._connection.execute(
            insert_or_update(self._connection, INSTALLATION, ("workspace_id",)),
            {"workspace_id": workspace_id, "sealed": sealed, "installed_at": now},
        )

    def remove(self, workspace_id: int) -> None:
        self._connection.execute(_REMOVE, {"workspace": workspace_id})

    def installed_at(self) -> dict[int, datetime]:
        return {row.workspace_id: row.installed_at for row in self._connection.execute(_ALL)}
