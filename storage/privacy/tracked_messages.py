"""What our messages are about, from the subjects they are remembered under."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from sqlalchemy import Connection, Table, bindparam, select

from storage.engines.prepared import Prepared
from storage.privacy.belonging import belonging_to
from storage.tables.alerts import ALERT
from storage.tables.clients import CLIENT
from storage.tables.debrief import DEBRIEF
from storage.tables.decision import DECISION
from storage.tables.discussion import DISCUSSION
from storage.tables.flags import FLAG, TASK
from storage.tables.outbox import MESSAGE
from storage.tables.remedies import REMEDY

ABOUT: dict[str, Table] = {
    "alert": ALERT,
    "care": TASK,
    "debrief": DEBRIEF,
    "decision": DECISION,
    "decision_confirm": DECISION,
    "decision_due": DECISION,
    "discussion": DISCUSSION,
    "flag": FLAG,
    "flag_receipt": FLAG,
    "remedy": REMEDY,
}
"""The table whose row a message shows, by what its subject begins with; the row's id follows."""


def subjects_about(connection: Connection, client_ids: Collection[int]) -> list[str]:
    """The subjects of messages that show a row that belongs to the clients, oldest first."""
    belonging = belonging_to(client_ids)
    shown = {
        prefix: set(connection.scalars(select(table.c.id).where(belonging[table]))) for prefix, table in ABOUT.items()
    }
    of_workspace = select(CLIENT.c.workspace_id).where(CLIENT.c.id.in_(list(client_ids)))
    found = select(MESSAGE.c.subject).where(MESSAGE.c.workspace_id.in_(of_workspace)).order_by(MESSAGE.c.id)
    return [subject for subject in connection.scalars(found) if number_in(subject) in shown.get(prefix_of(subject), ())]


def is_gone(connection: Connection, subject: str) -> bool:
    """Whether the row that a message about `subject` shows is not there."""
    table = ABOUT.get(prefix_of(subject))
    if table is None:
        return False
    return _row_of(table).row(connection, {"row": number_in(subject)}) is None


@cache
def _row_of(table: Table) -> Prepared:
    return Prepared(lambda _: select(table.c.id).where(table.c.id == bindparam("row")))


def prefix_of(subject: str) -> str:
    """What kind of thing a subject such as `alert:12` names."""
    return subject.partition(":")[0]


def number_in(subject: str) -> int | None:
    """The id in a subject such as `decision_due:5:2:1`."""
    number = (*subject.split(":"), "")[1]
    return int(number) if number.isdecimal() else None
