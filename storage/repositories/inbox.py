"""Deliveries that were handled, in SQL."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from bot.domain.errors import SubmissionChangedError
from storage.engines.prepared import Prepared
from storage.engines.upsert import insert_if_absent
from storage.tables.outbox import INBOX

_THIS = (INBOX.c.workspace_id == bindparam("workspace"), INBOX.c.key == bindparam("delivery"))
_ACCEPT = Prepared(lambda connection: insert_if_absent(connection, INBOX))
_FIRST = Prepared(lambda _: select(INBOX.c.content_hash, INBOX.c.answer).where(*_THIS))


class SqlInbox:
    """`Inbox` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def accept(
        self, workspace_id: int, key: str, content_hash: str, now: datetime, answer: dict[str, Any] | None = None
    ) -> bool:
        # A delivery that arrives twice at the same moment waits here until the first one has committed.
        delivery = {"workspace_id": workspace_id, "key": key, "content_hash": content_hash, "received_at": now}
        if answer is not None:
            delivery["answer"] = answer
        if _ACCEPT.changed(self._connection, delivery) == 1:
            return True
        self.answer(workspace_id, key, content_hash)
        return False

    def answer(self, workspace_id: int, key: str, content_hash: str) -> dict[str, Any] | None:
        first = _FIRST.row(self._connection, {"workspace": workspace_id, "delivery": key})
        if first is None:
            return None
        known_hash, answer = first
        if known_hash != content_hash:
            raise SubmissionChangedError
        given: dict[str, Any] | None = answer
        return given

    def keys_since(self, workspace_id: int, beginning: str, since: datetime) -> list[str]:
        these = (
            INBOX.c.workspace_id == workspace_id,
            INBOX.c.received_at >= since,
            INBOX.c.key.startswith(beginning, autoescape=True),
        )
        return list(self._connection.scalars(select(INBOX.c.key).where(*these)))

    def prune(self, before: datetime) -> int:
        return self._connection.execute(delete(INBOX).where(INBOX.c.received_at < before)).rowcount
