"""Merging clients, and taking a merge back.

A merge moves the rows that refer to a client, in whichever table, and remembers which; the merged client's own row
stays as it was. What the other client has already under a unique key, such as a contact, stays too. Where both have
something of which only one may be open, the one that comes in is closed, and opened again when the merge is undone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    Row,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    exists,
    insert,
    select,
    update,
)

from bot.domain.errors import ClientNameTakenError, MergeImpossibleError, NotFoundError
from bot.domain.model import Client
from bot.usecases.ports.clients import ClientMerge
from storage.engines.upsert import insert_if_absent
from storage.privacy.belonging import references_to
from storage.repositories.client_rows import LOCK_CLIENT, client_from
from storage.repositories.contact_homes import rehome_contacts
from storage.tables.alerts import ALERT
from storage.tables.clients import CLIENT, CLIENT_NAME, CLIENT_PERSON, CONTACT, MERGE
from storage.tables.debrief import DEBRIEF
from storage.tables.discussion import DISCUSSION

_MERGES = select(
    MERGE.c.id, MERGE.c.from_client_id, MERGE.c.into_client_id, MERGE.c.merged_at, MERGE.c.undone_at, MERGE.c.moved
)


def moved_columns() -> list[Column[Any]]:
    """The columns of any table by which rows go with their client, one a table."""
    return [column for column in references_to(CLIENT) if "merged_apart" not in column.info]


def closing_indexes(column: Column[Any]) -> list[Index]:
    """The indexes that let one row of the column's table be open for a client."""
    return [index for index in column.table.indexes if "is_closed" in index.info]


class ClientMerges:
    """Merges on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def merge(self, workspace_id: int, from_id: int, into_id: int, by_id: int, now: datetime) -> int:
        """Move everything of one client to another; returns the merge's id. Raises `MergeImpossibleError`."""
        self._lock_both(workspace_id, from_id, into_id)
        closed: dict[str, list[int]] = {}
        moved: dict[str, Any] = {"closed": closed}
        for column in moved_columns():
            for index in closing_indexes(column):
                closed[column.table.name] = self._close_doubles(index, column, from_id, into_id)
            moved[column.table.name] = self._move_all(column, from_id, into_id)
        moved["names"] = self._move_names(from_id, into_id)
        moved["people"] = self._add_people(from_id, into_id)
        rehome_contacts(self._connection, into_id)
        self._connection.execute(update(CLIENT).where(CLIENT.c.id == from_id).values(merged_into_id=into_id))
        values = {"workspace_id": workspace_id, "from_client_id": from_id, "into_client_id": into_id, "moved": moved}
        statement = insert(MERGE).values(**values, merged_by_id=by_id, merged_at=now).returning(MERGE.c.id)
        merge_id: int = self._connection.scalars(statement).one()
        return merge_id

    def undo(self, workspace_id: int, merge_id: int, now: datetime) -> ClientMerge:
        """Put everything back that the merge moved. What was added since stays where it was added.

        Raises `NotFoundError`, and `MergeImpossibleError` when it was undone before, or when a later merge has to be
        undone first.
        """
        statement = _MERGES.where(MERGE.c.id == merge_id, MERGE.c.workspace_id == workspace_id).with_for_update()
        row = self._connection.execute(statement).one_or_none()
        if row is None:
            raise NotFoundError
        if row.undone_at is not None:
            raise MergeImpossibleError
        from_id, into_id = row.from_client_id, row.into_client_id
        # The first versions kept the ids of contacts under another name.
        moved = {CONTACT.name: row.moved.get("contacts"), **row.moved}
        self._lock_both(workspace_id, from_id, into_id, merged=True)
        self._connection.execute(update(CLIENT).where(CLIENT.c.id == from_id).values(merged_into_id=None))
        for column in moved_columns():
            self._move_back(column, moved.get(column.table.name), into_id, from_id)
            for index in closing_indexes(column):
                self._set_state(column.table, moved["closed"].get(column.table.name, []), index.info["is_open"])
        self._restore_names(workspace_id, moved["names"], from_id, into_id)
        added = (CLIENT_PERSON.c.client_id == into_id, CLIENT_PERSON.c.person_id.in_(moved["people"]))
        self._connection.execute(delete(CLIENT_PERSON).where(*added))
        for client_id in (from_id, into_id):
            rehome_contacts(self._connection, client_id)
        self._connection.execute(update(MERGE).where(MERGE.c.id == merge_id).values(undone_at=now))
        return _merge(row, undone_at=now)

    def into(self, client_id: int) -> list[ClientMerge]:
        """Merges into a client, newest first, undone ones too."""
        statement = _MERGES.where(MERGE.c.into_client_id == client_id).order_by(MERGE.c.id.desc())
        return [_merge(row, undone_at=row.undone_at) for row in self._connection.execute(statement)]

    def _lock_both(self, workspace_id: int, from_id: int, into_id: int, *, merged: bool = False) -> None:
        # Always the lower id first, so that two merges cannot wait for each other.
        clients: dict[int, Client | None] = {}
        for client_id in sorted((from_id, into_id)):
            row = LOCK_CLIENT.row(self._connection, {"row": client_id, "workspace": workspace_id})
            clients[client_id] = client_from(row) if row else None
        source, target = clients[from_id], clients[into_id]
        expected = into_id if merged else None
        if source is None or target is None or from_id == into_id:
            raise MergeImpossibleError
        if source.merged_into_id != expected or target.merged_into_id is not None:
            raise MergeImpossibleError

    def _close_doubles(self, index: Index, column: Column[Any], from_id: int, into_id: int) -> list[int]:
        state = column.table.c.state
        both_open = select(column.table.c.id).where(
            column == from_id, state == index.info["is_open"], _has_like(column, into_id, *index.columns, state)
        )
        doubles = list(self._connection.scalars(both_open))
        self._set_state(column.table, doubles, index.info["is_closed"])
        return doubles

    def _set_state(self, table: Table, ids: list[int], state: str) -> None:
        self._connection.execute(update(table).where(table.c.id.in_(ids)).values(state=state))

    def _move_all(self, column: Column[Any], from_id: int, into_id: int) -> list[int]:
        """Move the rows of a table that the other client does not have already; returns their ids."""
        unique = [
            key
            for key in column.table.constraints
            if isinstance(key, UniqueConstraint) and key.columns.contains_column(column)
        ]
        statement = (
            update(column.table)
            .where(column == from_id, *(~_has_like(column, into_id, *key) for key in unique))
            .values({column.name: into_id})
            .returning(column.table.c.id)
        )
        return sorted(self._connection.scalars(statement))

    def _move_back(self, column: Column[Any], ids: list[int] | None, from_id: int, into_id: int) -> None:
        if ids:
            statement = update(column.table).where(column.table.c.id == bindparam("row"), column == from_id)
            self._connection.execute(statement, [{"row": row_id, column.name: into_id} for row_id in ids])

    def _move_names(self, from_id: int, into_id: int) -> list[dict[str, Any]]:
        columns = (CLIENT_NAME.c.id, CLIENT_NAME.c.name, CLIENT_NAME.c.normalized, CLIENT_NAME.c.is_alias)
        statement = select(*columns).where(CLIENT_NAME.c.client_id == from_id).order_by(CLIENT_NAME.c.id)
        names = [dict(row._mapping) for row in self._connection.execute(statement)]
        self._connection.execute(
            update(CLIENT_NAME).where(CLIENT_NAME.c.client_id == from_id).values(client_id=into_id, is_alias=True)
        )
        return names

    def _restore_names(self, workspace_id: int, names: list[dict[str, Any]], from_id: int, into_id: int) -> None:
        """Give the names back; the client's own one even when it was removed as an alias in the meantime."""
        for name in names:
            back = update(CLIENT_NAME).where(CLIENT_NAME.c.id == name["id"], CLIENT_NAME.c.client_id == into_id)
            is_back = self._connection.execute(back.values(client_id=from_id, is_alias=name["is_alias"])).rowcount
            if is_back or name["is_alias"]:
                continue
            own = {"workspace_id": workspace_id, "client_id": from_id, **name}
            del own["id"]
            again = insert_if_absent(self._connection, CLIENT_NAME).returning(CLIENT_NAME.c.id)
            if self._connection.execute(again, own).one_or_none() is None:
                raise ClientNameTakenError(name=name["name"])

    def _add_people(self, from_id: int, into_id: int) -> list[int]:
        """Whoever dealt with the one client, its owner included, deals with the other."""
        people = select(CLIENT_PERSON.c.person_id).where(CLIENT_PERSON.c.client_id == from_id)
        owner = select(CLIENT.c.owner_id).where(CLIENT.c.id == from_id, CLIENT.c.owner_id.is_not(None))
        statement = insert_if_absent(self._connection, CLIENT_PERSON)
        return [
            person_id
            for person_id in sorted(self._connection.scalars(people.union(owner)))
            if self._connection.execute(statement, {"client_id": into_id, "person_id": person_id}).rowcount
        ]


def _merge(row: Row[*tuple[Any, ...]], *, undone_at: datetime | None) -> ClientMerge:
    closed = {name: tuple(ids) for name, ids in row.moved["closed"].items()}
    return ClientMerge(
        id=row.id,
        from_client_id=row.from_client_id,
        into_client_id=row.into_client_id,
        merged_at=row.merged_at,
        undone_at=undone_at,
        closed_alerts=closed[ALERT.name],
        closed_discussions=closed[DISCUSSION.name],
        cancelled_debriefs=closed[DEBRIEF.name],
    )


def _has_like(column: Column[Any], into_id: int, *key: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the client `into_id` has a row with the same values in `key` as this one, `column` left out."""
    theirs = column.table.alias("theirs")
    same = (theirs.c[part.name] == part for part in key if isinstance(part, Column) and part is not column)
    return exists().where(theirs.c[column.name] == into_id, *same)
