"""Deliveries that were handled, in SQL."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from bot.domain.errors import SubmissionChangedError
from storage.columns import METADATA
from storage.prepared import Prepared
from storage.tables import InboxRow
from storage.upsert import insert_if_absent

INBOX = METADATA.tables[InboxRow.__tablename__]

_THIS = (INBOX.c.workspace_id == bindparam("workspace"), INBOX.c.key == bindparam("delivery"))
_ACCEPT = Prepared(lambda connection: insert_if_absent(connection, INBOX))
_CONTENT = select(INBOX.c.content_hash).where(*_THIS)
_ANSWER = select(INBOX.c.answer).where(*_THIS)
_KEEP_ANSWER = Prepared(update(INBOX).where(*_THIS))
_PRUNE = delete(INBOX).where(INBOX.c.received_at < bindparam("before"))


class SqlInbox:
    """`Inbox` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def accept(self, workspace_id: int, key: str, content_hash: str, now: datetime) -> bool:
        # A delivery that arrives twice at the same moment waits here until the first one has committed.
        delivery = {"workspace_id": workspace_id, "key": key, "content_hash": content_hash, "received_at": now}
        if _ACCEPT.changed(self._connection, delivery) == 1:
            return True
        known = self._connection.execute(_CONTENT, {"workspace": workspace_id, "delivery": key}).scalar_one()
        if known != content_hash:
            raise SubmissionChangedError
        return False

    def answer(self, workspace_id: int, key: str) -> dict[str, Any] | None:
        found: dict[str, Any] | None = self._connection.execute(
            _ANSWER, {"workspace": workspace_id, "delivery": key}
        ).scalar_one_or_none()
        return found

    def keep_answer(self, workspace_id: int, key: str, answer: dict[str, Any]) -> None:
        _KEEP_ANSWER.changed(self._connection, {"workspace": workspace_id, "delivery": key, "answer": answer})

    def prune(self, before: datetime) -> int:
        return self._connection.execute(_PRUNE, {"before": before}).rowcount
