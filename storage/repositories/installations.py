"""Where we are installed, in SQL."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from bot.usecases.ports.installations import StoredInstallation
from storage.engines.prepared import Prepared
from storage.engines.upsert import insert_or_update
from storage.tables.installations import INSTALLATION

_THIS = INSTALLATION.c.workspace_id == bindparam("workspace")
_FIND = Prepared(lambda _: select(INSTALLATION.c.sealed, INSTALLATION.c.installed_at).where(_THIS))
_SAVE = Prepared(lambda connection: insert_or_update(connection, INSTALLATION, ("workspace_id",)))
_REMOVE = Prepared(lambda _: delete(INSTALLATION).where(_THIS))
_ALL = Prepared(lambda _: select(INSTALLATION.c.workspace_id, INSTALLATION.c.installed_at))


class SqlInstallationRepository:
    """`InstallationRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, workspace_id: int) -> StoredInstallation | None:
        row = _FIND.row(self._connection, {"workspace": workspace_id})
        return StoredInstallation(*row) if row else None

    def save(self, workspace_id: int, sealed: str, now: datetime) -> None:
        _SAVE.changed(self._connection, {"workspace_id": workspace_id, "sealed": sealed, "installed_at": now})

    def remove(self, workspace_id: int) -> None:
        _REMOVE.changed(self._connection, {"workspace": workspace_id})

    def installed_at(self) -> dict[int, datetime]:
        return dict(_ALL.rows(self._connection))
