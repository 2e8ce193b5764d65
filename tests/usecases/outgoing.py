"""What stands in the outbox and among the due rows, as tests look at it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, text

from bot.domain.notices import Notice, notice_from


@dataclass(frozen=True)
class Outgoing:
    """A notice that is not delivered yet."""

    notice: Notice
    due_at: datetime
    state: str


def _instant(stored: Any) -> datetime:
    found = stored if isinstance(stored, datetime) else datetime.fromisoformat(str(stored))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


async def outgoing(database: Any, kind: type[Notice] | None = None) -> list[Outgoing]:
    """Everything that waits, is on its way or is stuck, in the order it was put; of one kind where asked."""

    def read(connection: Connection) -> list[Outgoing]:
        rows = connection.execute(
            text(
                "SELECT kind, payload, due_at, state FROM outbox "
                "WHERE state NOT IN ('sent', 'obsolete') ORDER BY position"
            )
        ).all()
        return [
            Outgoing(
                notice_from(row.kind, row.payload if isinstance(row.payload, dict) else json.loads(row.payload)),
                _instant(row.due_at),
                row.state,
            )
            for row in rows
        ]

    found: list[Outgoing] = await database.transact(read)
    return [one for one in found if kind is None or isinstance(one.notice, kind)]


async def due_rows(database: Any) -> dict[tuple[str, str], datetime]:
    """When each pending due row is due, by kind and subject."""

    def read(connection: Connection) -> dict[tuple[str, str], datetime]:
        rows = connection.execute(text("SELECT kind, subject, due_at FROM due WHERE state = 'pending'"))
        return {(row.kind, row.subject): _instant(row.due_at) for row in rows}

    found: dict[tuple[str, str], datetime] = await database.transact(read)
    return found


async def forget_outgoing(database: Any) -> None:
    """Empty the outbox, as if everything had been delivered."""
    await database.transact(lambda connection: connection.execute(text("DELETE FROM outbox")))
