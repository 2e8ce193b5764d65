"""Which message shows which subject, in SQL."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, select

from bot.usecases.ports.delivery import StandingMessage
from storage.columns import METADATA
from storage.tables import MessageRow
from storage.upsert import insert_or_update

MESSAGE = METADATA.tables[MessageRow.__tablename__]

_THIS = (MESSAGE.c.workspace_id == bindparam("workspace"), MESSAGE.c.subject == bindparam("about"))
_FIND = select(MESSAGE.c.place_id, MESSAGE.c.external_id, MESSAGE.c.thread_external_id).where(*_THIS)
_FORGET = delete(MESSAGE).where(*_THIS)


class SqlMessages:
    """`Messages` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, workspace_id: int, subject: str) -> StandingMessage | None:
        row = self._connection.execute(_FIND, {"workspace": workspace_id, "about": subject}).one_or_none()
        return StandingMessage(row.place_id, row.external_id, row.thread_external_id) if row else None

    def save(self, workspace_id: int, subject: str, message: StandingMessage) -> None:
        self._connection.execute(
            insert_or_update(self._connection, MESSAGE, ("workspace_id", "subject")),
            {
                "workspace_id": workspace_id,
                "subject": subject,
                "place_id": message.place_id,
                "external_id": message.external_id,
                "thread_external_id": message.thread_external_id,
            },
        )

    def forget(self, workspace_id: int, subject: str) -> None:
        self._connection.execute(_FORGET, {"workspace": workspace_id, "about": subject})
