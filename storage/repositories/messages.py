"""Which message shows which subject, in SQL."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, select

from bot.usecases.ports.outbox import TrackedMessage
from storage.engines.prepared import Prepared
from storage.engines.upsert import insert_or_update
from storage.tables.outbox import MESSAGE

_THIS = (MESSAGE.c.workspace_id == bindparam("workspace"), MESSAGE.c.subject == bindparam("about"))
_FIND = Prepared(
    lambda _: select(MESSAGE.c.place_id, MESSAGE.c.external_id, MESSAGE.c.thread_external_id).where(*_THIS)
)
_SAVE = Prepared(lambda connection: insert_or_update(connection, MESSAGE, ("workspace_id", "subject")))


class SqlMessages:
    """`Messages` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, workspace_id: int, subject: str) -> TrackedMessage | None:
        row = _FIND.row(self._connection, {"workspace": workspace_id, "about": subject})
        return TrackedMessage(*row) if row else None

    def subjects(self, workspace_id: int, beginning: str) -> list[str]:
        these = (MESSAGE.c.workspace_id == workspace_id, MESSAGE.c.subject.startswith(beginning, autoescape=True))
        return list(self._connection.scalars(select(MESSAGE.c.subject).where(*these).order_by(MESSAGE.c.subject)))

    def in_place(self, place_id: int) -> list[tuple[str, TrackedMessage]]:
        columns = (MESSAGE.c.subject, MESSAGE.c.place_id, MESSAGE.c.external_id, MESSAGE.c.thread_external_id)
        these = select(*columns).where(MESSAGE.c.place_id == place_id).order_by(MESSAGE.c.id.desc())
        return [(subject, TrackedMessage(*standing)) for subject, *standing in self._connection.execute(these)]

    def places(self, workspace_id: int) -> list[int]:
        these = select(MESSAGE.c.place_id).where(MESSAGE.c.workspace_id == workspace_id).distinct()
        return sorted(self._connection.scalars(these))

    def save(self, workspace_id: int, subject: str, message: TrackedMessage) -> None:
        _SAVE.changed(
            self._connection,
            {
                "workspace_id": workspace_id,
                "subject": subject,
                "place_id": message.place_id,
                "external_id": message.external_id,
                "thread_external_id": message.thread_external_id,
            },
        )

    def forget(self, workspace_id: int, subject: str) -> None:
        this = (MESSAGE.c.workspace_id == workspace_id, MESSAGE.c.subject == subject)
        self._connection.execute(delete(MESSAGE).where(*this))
