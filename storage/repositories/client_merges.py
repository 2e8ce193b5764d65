"""Merging clients, and taking a merge back.

A merge moves rows and remembers which; the merged client's own row stays as it was. Where both clients have something
of which only one may be open, the one that comes in is closed, and opened again when the merge is undone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, delete, insert, select, update

from bot.domain.errors import ClientNameTakenError, MergeImpossibleError, NotFoundError
from bot.domain.model import AlertState, Client, DebriefState, DiscussionState
from bot.usecases.ports.clients import ClientMerge
from storage.engines.upsert import insert_if_absent
from storage.repositories.client_rows import LOCK_CLIENT, client_from
from storage.repositories.contact_homes import rehome_contacts
from storage.tables.alerts import ALERT
from storage.tables.clients import CLIENT, CLIENT_NAME, CLIENT_PERSON, CONTACT, MERGE
from storage.tables.debrief import DEBRIEF
from storage.tables.decision import DECISION
from storage.tables.discussion import DISCUSSION
from storage.tables.evaluation import STATEMENT
from storage.tables.flags import FLAG, TASK
from storage.tables.remedies import REMEDY

_MOVED: tuple[Table, ...] = (FLAG, TASK, ALERT, DISCUSSION, DEBRIEF, REMEDY, STATEMENT, DECISION)
_OPEN_ONCE: tuple[tuple[Table, str, str], ...] = (
    (ALERT, AlertState.OPEN.value, AlertState.CLOSED.value),
    (DISCUSSION, DiscussionState.OPEN.value, DiscussionState.CLOSED.value),
    (DEBRIEF, DebriefState.PLANNED.value, DebriefState.CANCELLED.value),
)
"""Tables with a unique index on what is open for a client, with the open and the closed state."""

_MERGES = select(
    MERGE.c.id, MERGE.c.from_client_id, MERGE.c.into_client_id, MERGE.c.merged_at, MERGE.c.undone_at, MERGE.c.moved
)


class ClientMerges:
    """Merges on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def merge(self, workspace_id: int, from_id: int, into_id: int, by_id: int, now: datetime) -> int:
        """Move everything of one client to another; returns the merge's id. Raises `MergeImpossibleError`."""
        self._lock_both(workspace_id, from_id, into_id)
        moved: dict[str, Any] = {"closed": self._close_doubles(from_id, into_id)}
        for table in _MOVED:
            moved[table.name] = self._move_all(table, from_id, into_id)
        moved["names"] = self._move_names(from_id, into_id)
        moved["contacts"] = self._move_contacts(from_id, into_id)
        moved["people"] = self._add_people(from_id, into_id)
        rehome_contacts(self._connection, into_id)
        self._connection.execute(update(CLIENT).where(CLIENT.c.id == from_id).values(merged_into_id=into_id))
        values = {"workspace_id": workspace_id, "from_client_id": from_id, "into_client_id": into_id, "moved": moved}
        statement = insert(MERGE).returning(MERGE.c.id)
        merge_id: int = self._connection.execute(
            statement, {**values, "merged_by_id": by_id, "merged_at": now}
        ).scalar_one()
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
        from_id, into_id, moved = row.from_client_id, row.into_client_id, row.moved
        self._lock_both(workspace_id, from_id, into_id, merged=True)
        self._connection.execute(update(CLIENT).where(CLIENT.c.id == from_id).values(merged_into_id=None))
        for table in (*_MOVED, CONTACT):
            self._move(table, moved.get("contacts" if table is CONTACT else table.name, []), into_id, from_id)
        self._restore_names(workspace_id, moved["names"], from_id, into_id)
        self._reopen(moved["closed"])
        self._connection.execute(
            delete(CLIENT_PERSON).where(
                CLIENT_PERSON.c.client_id == into_id, CLIENT_PERSON.c.person_id.in_(moved["people"])
            )
        )
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
            values = {"row": client_id, "workspace": workspace_id}
            row = LOCK_CLIENT.row(self._connection, values)
            clients[client_id] = client_from(row) if row else None
        source, target = clients[from_id], clients[into_id]
        expected = into_id if merged else None
        if source is None or target is None or from_id == into_id:
            raise MergeImpossibleError
        if source.merged_into_id != expected or target.merged_into_id is not None:
            raise MergeImpossibleError

    def _close_doubles(self, from_id: int, into_id: int) -> dict[str, list[int]]:
        closed = {}
        for table, is_open, is_closed in _OPEN_ONCE:
            mine, theirs = table.alias("mine"), table.alias("theirs")
            both_open = (
                mine.c.client_id == from_id,
                mine.c.state == is_open,
                theirs.c.client_id == into_id,
                theirs.c.state == is_open,
                mine.c.level == theirs.c.level if table is ALERT else mine.c.state == theirs.c.state,
            )
            doubles = list(self._connection.execute(select(mine.c.id).where(*both_open)).scalars())
            self._set_state(table, doubles, is_closed)
            closed[table.name] = doubles
        return closed

    def _reopen(self, closed: dict[str, list[int]]) -> None:
        for table, is_open, _ in _OPEN_ONCE:
            self._set_state(table, closed[table.name], is_open)

    def _set_state(self, table: Table, ids: list[int], state: str) -> None:
        self._connection.execute(update(table).where(table.c.id.in_(ids)).values(state=state))

    def _move_all(self, table: Table, from_id: int, into_id: int) -> list[int]:
        statement = update(table).where(table.c.client_id == from_id).values(client_id=into_id).returning(table.c.id)
        return sorted(self._connection.execute(statement).scalars())

    def _move(self, table: Table, ids: list[int], from_id: int, into_id: int) -> None:
        statement = update(table).where(table.c.id == bindparam("row"), table.c.client_id == from_id)
        if ids:
            self._connection.execute(statement, [{"row": row_id, "client_id": into_id} for row_id in ids])

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

    def _move_contacts(self, from_id: int, into_id: int) -> list[int]:
        """Move the contacts that the other client does not have under the same name."""
        known = select(CONTACT.c.normalized).where(CONTACT.c.client_id == into_id)
        statement = (
            update(CONTACT)
            .where(CONTACT.c.client_id == from_id, CONTACT.c.normalized.not_in(known))
            .values(client_id=into_id)
            .returning(CONTACT.c.id)
        )
        return sorted(self._connection.execute(statement).scalars())

    def _add_people(self, from_id: int, into_id: int) -> list[int]:
        """Whoever dealt with the one client, its owner included, deals with the other."""
        people = set(
            self._connection.execute(
                select(CLIENT_PERSON.c.person_id).where(CLIENT_PERSON.c.client_id == from_id)
            ).scalars()
        )
        owner = self._connection.execute(select(CLIENT.c.owner_id).where(CLIENT.c.id == from_id)).scalar_one()
        if owner is not None:
            people.add(owner)
        statement = insert_if_absent(self._connection, CLIENT_PERSON)
        return [
            person_id
            for person_id in sorted(people)
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
