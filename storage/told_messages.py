"""What our messages are about, from the subjects they are remembered under."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, Table, delete, select

from bot.usecases.ports.delivery import StandingMessage
from bot.usecases.ports.erasure import ToldMessage
from storage.belonging import belonging_to
from storage.client_rows import CLIENT
from storage.columns import METADATA
from storage.messages import MESSAGE
from storage.tables import AlertRow, DebriefRow, DecisionRow, DiscussionRow, FlagRow, RemedyRow, TaskRow

_DECISION = METADATA.tables[DecisionRow.__tablename__]

ABOUT: dict[str, Table] = {
    "alert": METADATA.tables[AlertRow.__tablename__],
    "care": METADATA.tables[TaskRow.__tablename__],
    "debrief": METADATA.tables[DebriefRow.__tablename__],
    "decision": _DECISION,
    "decision_confirm": _DECISION,
    "decision_due": _DECISION,
    "discussion": METADATA.tables[DiscussionRow.__tablename__],
    "flag": METADATA.tables[FlagRow.__tablename__],
    "flag_receipt": METADATA.tables[FlagRow.__tablename__],
    "remedy": METADATA.tables[RemedyRow.__tablename__],
}
"""The table whose row a message shows, by what its subject begins with; the row's id follows."""


class ToldMessages:
    """Our messages about clients, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_clients(self, client_ids: Collection[int]) -> list[ToldMessage]:
        """Those that show a row that belongs to the clients, oldest first."""
        belonging = belonging_to(client_ids)
        shown = {
            prefix: set(self._connection.scalars(select(table.c.id).where(belonging[table])))
            for prefix, table in ABOUT.items()
        }
        of_workspace = select(CLIENT.c.workspace_id).where(CLIENT.c.id.in_(list(client_ids)))
        found = select(MESSAGE.c.id, MESSAGE.c.subject).where(MESSAGE.c.workspace_id.in_(of_workspace))
        return [
            ToldMessage(row.id, row.subject)
            for row in self._connection.execute(found.order_by(MESSAGE.c.id))
            if number_in(row.subject) in shown.get(prefix_of(row.subject), ())
        ]

    def find(self, workspace_id: int, message_id: int) -> StandingMessage | None:
        """Where a message stands."""
        columns = (MESSAGE.c.place_id, MESSAGE.c.external_id, MESSAGE.c.thread_external_id)
        statement = select(*columns).where(MESSAGE.c.id == message_id, MESSAGE.c.workspace_id == workspace_id)
        row = self._connection.execute(statement).one_or_none()
        return StandingMessage(*row) if row else None

    def orphaned(self, workspace_id: int, subject: str) -> int | None:
        """The id of the message about `subject` where the row that it shows is gone."""
        table, number = ABOUT.get(prefix_of(subject)), number_in(subject)
        if table is None or self._connection.scalar(select(table.c.id).where(table.c.id == number)) is not None:
            return None
        of_subject = select(MESSAGE.c.id).where(MESSAGE.c.workspace_id == workspace_id, MESSAGE.c.subject == subject)
        found: int | None = self._connection.scalar(of_subject)
        return found

    def forget(self, workspace_id: int, message_id: int) -> None:
        """Know nothing more of a message."""
        self._connection.execute(
            delete(MESSAGE).where(MESSAGE.c.id == message_id, MESSAGE.c.workspace_id == workspace_id)
        )


def prefix_of(subject: str) -> str:
    """What kind of thing a subject such as `alert:12` names."""
    return subject.partition(":")[0]


def number_in(subject: str) -> int | None:
    """The id in a subject such as `decision_due:5:2:1`."""
    number = (*subject.split(":"), "")[1]
    return int(number) if number.isdecimal() else None
