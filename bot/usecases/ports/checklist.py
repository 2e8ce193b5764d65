"""Checklists after a letter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from bot.domain.checklist import Item


class ChecklistRepository(Protocol):
    """The items of all cases; callers hold the client's row while they change any."""

    def add(self, items: Iterable[Item]) -> None:
        """Begin a case with `items`, whose own ids do not count."""
        ...

    def find(self, workspace_id: int, item_id: int) -> Item | None: ...
    def of_decision(self, decision_id: int) -> list[Item]:
        """The items of a case, in the order of its list."""
        ...

    def of_client(self, client_id: int) -> list[Item]:
        """Every item of a client, the oldest first."""
        ...

    def open_of(self, person_id: int) -> list[Item]:
        """What somebody still has to do, what is due first in front."""
        ...

    def neglected(self, workspace_id: int, reminders: int) -> list[Item]:
        """What is not done in spite of more than so many reminders, the oldest first."""
        ...

    def change(self, item_id: int, **columns: Any) -> None:
        """Set fields of an item; raises `TypeError` for any that an `Item` does not have."""
        ...
