"""What our messages are about, from the subjects they are remembered under."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from sqlalchemy import Connection, Table, select

from storage.privacy.belonging import belonging_to
from storage.tables.clients import CLIENT
from storage.tables.outbox import MESSAGE

ABOUT: dict[str, Table] = {
    prefix: table
    for table in belonging_to(())
    if "id" in table.c
    for prefix in table.info.get("shown_as", [table.name])
}
"""The table whose row a message shows, by what its subject begins with; the row's id follows."""


def subjects_about(connection: Connection, client_ids: Collection[int]) -> list[str]:
    """The subjects of messages that show a row that belongs to the clients, oldest first."""
    belonging = belonging_to(client_ids)

    @cache
    def shown(prefix: str) -> set[int]:
        table = ABOUT.get(prefix)
        return set() if table is None else set(connection.scalars(select(table.c.id).where(belonging[table])))

    of_workspace = select(CLIENT.c.workspace_id).where(CLIENT.c.id.in_(list(client_ids)))
    found = select(MESSAGE.c.subject).where(MESSAGE.c.workspace_id.in_(of_workspace)).order_by(MESSAGE.c.id)
    return [subject for subject in connection.scalars(found) if number_in(subject) in shown(prefix_of(subject))]


def is_gone(connection: Connection, subject: str) -> bool:
    """Whether the row that a message about `subject` shows is not there."""
    table = ABOUT.get(prefix_of(subject))
    if table is None:
        return False
    return connection.scalar(select(table.c.id).where(table.c.id == number_in(subject))) is None


def prefix_of(subject: str) -> str:
    """What kind of thing a subject such as `alert:12` names."""
    return subject.partition(":")[0]


def number_in(subject: str) -> int | None:
    """The id in a subject such as `decision_due:5:2:1`."""
    number = (*subject.split(":"), "")[1]
    return int(number) if number.isdecimal() else None
