"""Clients in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Integer, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.domain.agreement import Agreement
from bot.domain.errors import ClientNameTakenError, NotFoundError
from bot.domain.model import Client, Contact
from bot.domain.names import are_other_forms, clean_name, normalized, with_legal_form
from bot.usecases.ports.clients import ClientMerge, ClientName
from storage.engines.prepared import Prepared
from storage.engines.upsert import insert_if_absent
from storage.repositories.client_merges import ClientMerges
from storage.repositories.client_removal import remove_unless_used
from storage.repositories.client_rows import CLIENTS, FIND_CLIENT, LOCK_CLIENT, agreement_columns, client_from
from storage.tables.clients import CLIENT, CLIENT_NAME, CLIENT_PERSON, CONTACT

CHANGEABLE = frozenset(column.name for column in CLIENT.columns) - {
    "id",
    "workspace_id",
    "name",
    "created_at",
    "removed_at",
    "erased_at",
    *agreement_columns(Agreement()),
} | {"agreement"}
"""What `change` may set; a name is set by `rename`."""

_ADD = Prepared(lambda _: insert(CLIENT).returning(CLIENT.c.id))
_DROP = Prepared(lambda _: delete(CLIENT).where(CLIENT.c.id == bindparam("row")))
_TAKE_NAME = Prepared(lambda connection: insert_if_absent(connection, CLIENT_NAME))
_CHANGE = Prepared(lambda _: update(CLIENT).where(CLIENT.c.id == bindparam("row")))
_BY_NAME = Prepared(
    lambda _: (
        CLIENTS.add_columns(CLIENT_NAME.c.name)
        .join(CLIENT_NAME, CLIENT_NAME.c.client_id == CLIENT.c.id)
        .where(
            CLIENT_NAME.c.workspace_id == bindparam("workspace"),
            CLIENT_NAME.c.normalized.in_([bindparam("sought"), bindparam("with_form")]),
        )
    )
)
_TAKEN = Prepared(
    lambda _: select(CLIENT_NAME.c.name).where(
        CLIENT_NAME.c.workspace_id == bindparam("workspace"), CLIENT_NAME.c.normalized == bindparam("sought")
    )
)
_NAMES = select(CLIENT_NAME.c.client_id, CLIENT_NAME.c.name, CLIENT_NAME.c.normalized, CLIENT_NAME.c.is_alias)
_ALL_NAMES = Prepared(
    lambda _: _NAMES.where(CLIENT_NAME.c.workspace_id == bindparam("workspace")).order_by(CLIENT_NAME.c.id)
)
_NAMES_OF = Prepared(
    lambda _: _NAMES.where(CLIENT_NAME.c.client_id == bindparam("client")).order_by(
        CLIENT_NAME.c.is_alias, CLIENT_NAME.c.id
    )
)
_HOLDER = Prepared(
    lambda _: select(CLIENT_NAME.c.client_id).where(
        CLIENT_NAME.c.workspace_id == bindparam("workspace"), CLIENT_NAME.c.normalized == bindparam("sought")
    )
)
_REMOVE_ALIAS = Prepared(
    lambda _: delete(CLIENT_NAME).where(
        CLIENT_NAME.c.client_id == bindparam("client"),
        CLIENT_NAME.c.normalized == bindparam("sought"),
        CLIENT_NAME.c.is_alias.is_(True),
    )
)
_RENAME = update(CLIENT_NAME).where(CLIENT_NAME.c.client_id == bindparam("client"), CLIENT_NAME.c.is_alias.is_(False))
_STANDING_OUT = Prepared(
    lambda _: (
        CLIENTS.where(
            CLIENT.c.workspace_id == bindparam("workspace"),
            CLIENT.c.merged_into_id.is_(None),
            CLIENT.c.removed_at.is_(None),
        )
        .order_by(CLIENT.c.rank.desc())
        .limit(bindparam("most", type_=Integer))
    )
)
_PEOPLE_OF = Prepared(
    lambda _: (
        select(CLIENT_PERSON.c.person_id)
        .join(CLIENT, CLIENT.c.id == CLIENT_PERSON.c.client_id)
        .where(
            CLIENT_PERSON.c.client_id == bindparam("client"),
            CLIENT_PERSON.c.person_id.is_distinct_from(CLIENT.c.owner_id),
        )
        .order_by(CLIENT_PERSON.c.person_id)
    )
)
_DROP_PEOPLE = Prepared(lambda _: delete(CLIENT_PERSON).where(CLIENT_PERSON.c.client_id == bindparam("client")))
_ADD_PERSON = Prepared(lambda _: insert(CLIENT_PERSON))
_CONTACTS = select(CONTACT.c.id, CONTACT.c.client_id, CONTACT.c.name)
_CONTACTS_OF = Prepared(
    lambda _: _CONTACTS.where(CONTACT.c.client_id == bindparam("client")).order_by(CONTACT.c.name, CONTACT.c.id)
)
_CONTACT = Prepared(
    lambda _: _CONTACTS.where(CONTACT.c.client_id == bindparam("client"), CONTACT.c.normalized == bindparam("sought"))
)
_ADD_CONTACT = Prepared(lambda connection: insert_if_absent(connection, CONTACT).inline())


class SqlClientRepository:
    """`ClientRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, workspace_id: int, name: str, normalized: str, now: datetime, owner_id: int | None = None) -> Client:
        client_id: int = _ADD.scalar(
            self._connection,
            {
                "workspace_id": workspace_id,
                "name": name,
                "stage": "active",
                "alerted": 0,
                "rank": 0.0,
                "agreement_kind": "unknown",
                "owner_id": owner_id,
                "created_at": now,
            },
        )
        if not self._take_name(workspace_id, client_id, name, normalized, is_alias=False):
            _DROP.changed(self._connection, {"row": client_id})
            raise ClientNameTakenError(name=name)
        return Client(client_id, workspace_id, name, owner_id=owner_id)

    def find(self, workspace_id: int, client_id: int) -> Client | None:
        return self._follow(FIND_CLIENT, workspace_id, client_id)

    def locked(self, workspace_id: int, client_id: int) -> Client | None:
        return self._follow(LOCK_CLIENT, workspace_id, client_id)

    def _follow(self, statement: Prepared, workspace_id: int, client_id: int | None) -> Client | None:
        client: Client | None = None
        while client_id is not None:
            row = statement.row(self._connection, {"row": client_id, "workspace": workspace_id})
            if row is None:
                return None
            client = client_from(row)
            client_id = client.merged_into_id
        return client

    def by_name(self, workspace_id: int, name: str) -> Client | None:
        whole = with_legal_form(name)
        values = {"workspace": workspace_id, "sought": normalized(name), "with_form": whole}
        rows = _BY_NAME.rows(self._connection, values)
        rows.sort(key=lambda row: with_legal_form(row[-1]) != whole)
        return next((client_from(row[:-1]) for row in rows if not are_other_forms(row[-1], name)), None)

    def names(self, workspace_id: int) -> list[ClientName]:
        return [ClientName(*row) for row in _ALL_NAMES.rows(self._connection, {"workspace": workspace_id})]

    def names_of(self, client_id: int) -> list[ClientName]:
        return [ClientName(*row) for row in _NAMES_OF.rows(self._connection, {"client": client_id})]

    def add_alias(self, workspace_id: int, client_id: int, name: str, normalized: str) -> None:
        if self._take_name(workspace_id, client_id, name, normalized, is_alias=True):
            return
        if _HOLDER.scalar(self._connection, {"workspace": workspace_id, "sought": normalized}) != client_id:
            raise ClientNameTakenError(name=name)

    def remove_alias(self, client_id: int, normalized: str) -> None:
        _REMOVE_ALIAS.changed(self._connection, {"client": client_id, "sought": normalized})

    def rename(self, workspace_id: int, client_id: int, name: str, normalized: str) -> None:
        self.remove_alias(client_id, normalized)
        key = self._key(workspace_id, name, normalized)
        try:
            with self._connection.begin_nested():
                self._connection.execute(_RENAME, {"client": client_id, "name": name, "normalized": key})
        except IntegrityError:
            raise ClientNameTakenError(name=name) from None
        _CHANGE.changed(self._connection, {"row": client_id, "name": name})

    def _take_name(self, workspace_id: int, client_id: int, name: str, normalized: str, *, is_alias: bool) -> bool:
        values = {"workspace_id": workspace_id, "client_id": client_id, "name": name, "is_alias": is_alias}
        if _TAKE_NAME.changed(self._connection, {**values, "normalized": normalized}) == 1:
            return True
        key = self._key(workspace_id, name, normalized)
        return key != normalized and _TAKE_NAME.changed(self._connection, {**values, "normalized": key}) == 1

    def _key(self, workspace_id: int, name: str, normalized: str) -> str:
        """What a name is unique by: as `normalized`, or with its legal form where a name has that with another form."""
        taken = _TAKEN.scalar(self._connection, {"workspace": workspace_id, "sought": normalized})
        return with_legal_form(name) if taken is not None and are_other_forms(taken, name) else normalized

    def change(self, client_id: int, **columns: Any) -> None:
        if unknown := columns.keys() - CHANGEABLE:
            raise TypeError(f"a client has no {', '.join(sorted(unknown))} to change")
        agreed: Agreement | None = columns.pop("agreement", None)
        values = {name: value.value if isinstance(value, Enum) else value for name, value in columns.items()}
        if agreed is not None:
            values |= agreement_columns(agreed)
        if _CHANGE.changed(self._connection, {"row": client_id, **values}) != 1:
            raise NotFoundError

    def remove_unless_used(self, client_id: int, added_at: datetime, contact_name: str, now: datetime) -> bool:
        return remove_unless_used(self._connection, client_id, added_at, normalized(contact_name), now)

    def standing_out(self, workspace_id: int, limit: int) -> list[Client]:
        rows = _STANDING_OUT.rows(self._connection, {"workspace": workspace_id, "most": limit})
        return [client_from(row) for row in rows]

    def people_of(self, client_id: int) -> list[int]:
        return _PEOPLE_OF.scalars(self._connection, {"client": client_id})

    def set_people(self, client_id: int, person_ids: Sequence[int]) -> None:
        _DROP_PEOPLE.changed(self._connection, {"client": client_id})
        rows = [{"client_id": client_id, "person_id": person_id} for person_id in dict.fromkeys(person_ids)]
        _ADD_PERSON.executemany(self._connection, rows)

    def contacts(self, client_id: int) -> list[Contact]:
        return [Contact(*row) for row in _CONTACTS_OF.rows(self._connection, {"client": client_id})]

    def ensure_contact(self, client_id: int, name: str) -> Contact:
        shown = clean_name(name)
        sought = {"client": client_id, "sought": normalized(shown)}
        row = _CONTACT.row(self._connection, sought)
        if row is None:
            values = {"client_id": client_id, "name": shown, "normalized": sought["sought"]}
            _ADD_CONTACT.changed(self._connection, values)
            row = _CONTACT.one(self._connection, sought)
        return Contact(*row)

    def merge(self, workspace_id: int, from_id: int, into_id: int, by_id: int, now: datetime) -> int:
        return ClientMerges(self._connection).merge(workspace_id, from_id, into_id, by_id, now)

    def undo_merge(self, workspace_id: int, merge_id: int, now: datetime) -> ClientMerge:
        return ClientMerges(self._connection).undo(workspace_id, merge_id, now)

    def merges_into(self, client_id: int) -> list[ClientMerge]:
        return ClientMerges(self._connection).into(client_id)
