"""Erasing a client or a contact, in SQL."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, delete, func, null, select, update

from bot.usecases.ports.erasure import ErasedRecord, Texts
from storage.privacy.belonging import belonging_to, loose_ends
from storage.privacy.erased import erased_in
from storage.privacy.tracked_messages import is_gone, subjects_about
from storage.repositories.client_rows import BLANK
from storage.tables.clients import CLIENT, CONTACT
from storage.tables.columns import Holds, columns_that_hold
from storage.tables.outbox import INBOX

_WAITING_TO_BE_FLAGGED = "evidence:%"
"""Keys in the inbox under which whole messages wait; its other answers hold ids only."""


class SqlErasure:
    """`Erasure` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def preview(self, client_ids: Collection[int]) -> dict[str, int]:
        counted = {
            table.name: self._connection.scalars(select(func.count()).select_from(table).where(belongs)).one()
            for table, belongs in belonging_to(client_ids).items()
        }
        return {name: number for name, number in counted.items() if number}

    def erase_client(self, client_ids: Collection[int], now: datetime) -> dict[str, int]:
        self._lock(client_ids)
        erased = {"inbox": self._erase_waiting(client_ids), **self._take_away(client_ids, CLIENT)}
        emptied = {**BLANK, "name": "", "removed_at": func.coalesce(CLIENT.c.removed_at, now), "erased_at": now}
        self._connection.execute(update(CLIENT).where(CLIENT.c.id.in_(list(client_ids))).values(emptied))
        return {name: number for name, number in erased.items() if number}

    def _take_away(self, ids: Collection[int], of: Table) -> dict[str, int]:
        """Delete what belongs to rows of a table, and let the rest refer to nothing; how many rows went, by table."""
        for column, refers in loose_ends(ids, of):
            self._connection.execute(update(column.table).where(refers).values({column.name: None}))
        return {
            table.name: self._connection.execute(delete(table).where(belongs)).rowcount
            for table, belongs in reversed(belonging_to(ids, of).items())
        }

    def _lock(self, client_ids: Collection[int]) -> None:
        """Let nobody add what belongs to the clients meanwhile: whoever does waits for us, and finds nothing."""
        clients = select(CLIENT.c.id).where(CLIENT.c.id.in_(list(client_ids))).order_by(CLIENT.c.id)
        self._connection.execute(clients.with_for_update()).all()
        for table, belongs in belonging_to(client_ids).items():
            keys = list(table.primary_key.columns)
            self._connection.execute(select(*keys).where(belongs).order_by(*keys).with_for_update()).all()

    def _erase_waiting(self, client_ids: Collection[int]) -> int:
        # Nobody can tell which client they are about before they are flagged.
        of_workspace = select(CLIENT.c.workspace_id).where(CLIENT.c.id.in_(list(client_ids)))
        waiting = INBOX.c.workspace_id.in_(of_workspace) & INBOX.c.key.like(_WAITING_TO_BE_FLAGGED)
        return self._connection.execute(delete(INBOX).where(waiting)).rowcount

    def erase_contact(self, client_ids: Collection[int], normalized_name: str) -> list[int]:
        contact_ids = self.contact_ids(client_ids, normalized_name)
        self._take_away(contact_ids, CONTACT)
        self._connection.execute(delete(CONTACT).where(CONTACT.c.id.in_(contact_ids)))
        self._erase_waiting(client_ids)
        return contact_ids

    def contact_ids(self, client_ids: Collection[int], normalized_name: str) -> list[int]:
        theirs = (CONTACT.c.client_id.in_(list(client_ids)), CONTACT.c.normalized == normalized_name)
        return list(self._connection.scalars(select(CONTACT.c.id).where(*theirs).order_by(CONTACT.c.id)))

    def texts(self, client_ids: Collection[int]) -> Iterator[Texts]:
        for _, belongs, typed in _written(client_ids):
            for row in self._connection.execute(select(*typed).where(belongs)).all():
                yield dict(row._mapping)

    def rewrite_texts(self, client_ids: Collection[int], rewrite: Callable[[Texts], Texts]) -> int:
        changed = 0
        for table, belongs, typed in _written(client_ids):
            keys = list(table.primary_key.columns)
            statement = select(*keys, *typed).where(belongs).order_by(*keys)
            for row in self._connection.execute(statement.with_for_update()).all():
                before = {column.name: row._mapping[column.name] for column in typed}
                after = rewrite(before)
                differing = {
                    name: null() if text is None else text for name, text in after.items() if text != before[name]
                }
                if differing:
                    this = and_(*(key == row._mapping[key.name] for key in keys))
                    self._connection.execute(update(table).where(this).values(differing))
                    changed += 1
        return changed

    def subjects_about(self, client_ids: Collection[int]) -> list[str]:
        return subjects_about(self._connection, client_ids)

    def is_gone(self, subject: str) -> bool:
        return is_gone(self._connection, subject)

    def erased(self, workspace_id: int) -> list[ErasedRecord]:
        return erased_in(self._connection, workspace_id)

    def is_same_client(self, workspace_id: int, client_id: int, added_at: datetime) -> bool:
        this = (CLIENT.c.id == client_id, CLIENT.c.workspace_id == workspace_id, CLIENT.c.created_at == added_at)
        found = self._connection.scalar(select(CLIENT.c.id).where(*this, CLIENT.c.erased_at.is_(None)))
        return found is not None

    def merged_into(self, client_id: int) -> str | None:
        target = CLIENT.alias("target")
        statement = (
            select(target.c.name)
            .join(CLIENT, CLIENT.c.merged_into_id == target.c.id)
            .where(CLIENT.c.id == client_id, target.c.erased_at.is_(None))
        )
        name: str | None = self._connection.scalar(statement)
        return name

    def contact_name(self, client_ids: Collection[int], contact_id: int) -> str | None:
        this = (CONTACT.c.id == contact_id, CONTACT.c.client_id.in_(list(client_ids)))
        name: str | None = self._connection.scalar(select(CONTACT.c.name).where(*this))
        return name


def _written(client_ids: Collection[int]) -> list[tuple[Table, ColumnElement[bool], list[Column[Any]]]]:
    """Tables of the clients in which people typed, with the condition of their rows and the columns of text."""
    return [
        (table, belongs, typed)
        for table, belongs in belonging_to(client_ids).items()
        if (typed := columns_that_hold(table, Holds.FREE_TEXT))
    ]
