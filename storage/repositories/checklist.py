"""`ChecklistRepository` in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from bot.domain.checklist import Anchor, Item, ItemState
from bot.domain.farewell.closing_terms import Term
from storage.tables.checklist import CHECKLIST_ITEM as ITEM


class SqlChecklistRepository:
    """`ChecklistRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, items: Iterable[Item]) -> None:
        for item in items:
            values = {name: value for name, value in asdict(item).items() if name != "id"}
            self._connection.execute(insert(ITEM).values(**_stored(values)))

    def find(self, workspace_id: int, item_id: int) -> Item | None:
        found = self._all(ITEM.c.id == item_id, ITEM.c.workspace_id == workspace_id)
        return found[0] if found else None

    def of_decision(self, decision_id: int) -> list[Item]:
        return self._all(ITEM.c.decision_id == decision_id)

    def of_client(self, client_id: int) -> list[Item]:
        return self._all(ITEM.c.client_id == client_id)

    def open_of(self, person_id: int) -> list[Item]:
        found = self._all(ITEM.c.owner_id == person_id, ITEM.c.state != ItemState.DONE.value)
        return sorted(found, key=lambda item: (item.due_on, item.id))

    def neglected(self, workspace_id: int, reminders: int) -> list[Item]:
        return self._all(
            ITEM.c.workspace_id == workspace_id, ITEM.c.state != ItemState.DONE.value, ITEM.c.reminders > reminders
        )

    def _all(self, *where: ColumnElement[bool]) -> list[Item]:
        rows = self._connection.execute(select(ITEM).where(*where).order_by(ITEM.c.id)).mappings()
        return [_item(row) for row in rows]

    def change(self, item_id: int, **columns: Any) -> None:
        if unknown := columns.keys() - set(Item.__struct_fields__):
            raise TypeError(f"an item has no {', '.join(sorted(unknown))}")
        self._connection.execute(update(ITEM).where(ITEM.c.id == item_id).values(**_stored(columns)))


def _stored(values: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value.value if isinstance(value, Enum) else value for name, value in values.items()}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in kept.items()}


def _item(row: Mapping[Any, Any]) -> Item:
    return Item(
        **{
            **row,
            "counts_from": Anchor(row["counts_from"]),
            "state": ItemState(row["state"]),
            "after": tuple(row["after"]),
            "day": Term(row["day"]) if row["day"] else None,
        }
    )
