"""Clients and everything that is known of them besides their flags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.domain.model import Client, Contact


@dataclass(frozen=True, slots=True)
class ClientName:
    """A name that finds a client."""

    client_id: int
    name: str
    normalized: str
    is_alias: bool


@dataclass(frozen=True, slots=True)
class ClientMerge:
    """A merge that can be undone."""

    id: int
    from_client_id: int
    into_client_id: int
    merged_at: datetime
    undone_at: datetime | None


class ClientRepository(Protocol):
    """Clients of all workspaces; every question names the workspace, or a client whose id came from one."""

    def add(self, workspace_id: int, name: str, normalized: str, now: datetime, owner_id: int | None = None) -> Client:
        """Add a client under a name; raises `ClientNameTakenError` when the normalized name is taken."""
        ...

    def find(self, workspace_id: int, client_id: int) -> Client | None:
        """The client, following merges to where it went; `None` for another workspace's."""
        ...

    def locked(self, workspace_id: int, client_id: int) -> Client | None:
        """Like `find`, holding the client against other writers until the transaction ends."""
        ...

    def by_name(self, workspace_id: int, normalized: str) -> Client | None: ...
    def names(self, workspace_id: int) -> list[ClientName]: ...
    def names_of(self, client_id: int) -> list[ClientName]: ...
    def add_alias(self, workspace_id: int, client_id: int, name: str, normalized: str) -> None: ...
    def remove_alias(self, client_id: int, normalized: str) -> None: ...
    def rename(self, workspace_id: int, client_id: int, name: str, normalized: str) -> None: ...
    def change(self, client_id: int, **columns: Any) -> None:
        """Set columns of the client row, named as in `bot.domain.model.Client` and `Agreement`, plus `rank`."""
        ...

    def standing_out(self, workspace_id: int, limit: int) -> list[Client]:
        """Clients with the highest rank first, from the index; merged ones left out."""
        ...

    def people_of(self, client_id: int) -> list[int]:
        """Ids of the colleagues who deal with the client, its owner not included."""
        ...

    def set_people(self, client_id: int, person_ids: Sequence[int]) -> None: ...
    def contacts(self, client_id: int) -> list[Contact]: ...
    def ensure_contact(self, client_id: int, name: str) -> Contact: ...

    def merge(self, workspace_id: int, from_id: int, into_id: int, by_id: int, now: datetime) -> int:
        """Move everything of one client to another and remember what moved; returns the merge's id."""
        ...

    def undo_merge(self, workspace_id: int, merge_id: int, now: datetime) -> ClientMerge: ...
    def merges_into(self, client_id: int) -> list[ClientMerge]: ...
