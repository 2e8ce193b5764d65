"""Clients and everything that is known of them besides their flags."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct

from bot.domain.model import Client, Contact


class ClientName(Struct, frozen=True):
    """A name that finds a client."""

    client_id: int
    name: str
    normalized: str
    is_alias: bool


class ClientMerge(Struct, frozen=True):
    """A merge that can be undone, with what it closed because the other client had the same thing open."""

    id: int
    from_client_id: int
    into_client_id: int
    merged_at: datetime
    undone_at: datetime | None
    closed_alerts: tuple[int, ...] = ()
    closed_discussions: tuple[int, ...] = ()
    cancelled_debriefs: tuple[int, ...] = ()


class ClientRepository(Protocol):
    """Clients of all workspaces; every question names the workspace, or a client whose id came from one."""

    def add(self, workspace_id: int, name: str, normalized: str, now: datetime, owner_id: int | None = None) -> Client:
        """Add a client under a name; raises `ClientNameTakenError` when the normalized name is taken."""
        ...

    def find(self, workspace_id: int, client_id: int) -> Client | None:
        """The client, following merges to where it went; `None` for another workspace's."""
        ...

    def locked(self, workspace_id: int, client_id: int) -> Client | None:
        """Like `find`, holding the client against other writers until the transaction ends; `None` once removed."""
        ...

    def by_name(self, workspace_id: int, name: str) -> Client | None:
        """The client that has `name`, in any spelling, as its name or an alias.

        A name without its legal form finds the client too; one with another form is another client's.
        """
        ...

    def names(self, workspace_id: int) -> list[ClientName]: ...
    def names_of(self, client_id: int) -> list[ClientName]: ...
    def add_alias(self, workspace_id: int, client_id: int, name: str, normalized: str) -> None:
        """Let another name find the client; raises `ClientNameTakenError` when another client has it."""
        ...

    def remove_alias(self, client_id: int, normalized: str) -> None: ...
    def rename(self, workspace_id: int, client_id: int, name: str, normalized: str) -> None:
        """Give the client another name of its own; raises `ClientNameTakenError` when another client has it."""
        ...

    def change(self, client_id: int, **columns: Any) -> None:
        """Set fields of a client: those of `Client` but its name, and `rank`.

        Raises `TypeError` for any other, `NotFoundError` when there is no such client.
        """
        ...

    def remove_unless_used(self, client_id: int, added_at: datetime, contact_name: str, now: datetime) -> bool:
        """Let a client go, which the caller holds, where nothing is known of it but that it was added at `added_at`.

        Flags that were undone and a contact called `contact_name` do not count. Its names are free again; `find` still
        gives it to what named it. Says whether it went.
        """
        ...

    def standing_out(self, workspace_id: int, limit: int) -> list[Client]:
        """Clients with the highest rank first, from the index; merged and removed ones left out."""
        ...

    def people_of(self, client_id: int) -> list[int]:
        """Ids of the colleagues who deal with the client, its owner not included."""
        ...

    def set_people(self, client_id: int, person_ids: Sequence[int]) -> None: ...
    def contacts(self, client_id: int) -> list[Contact]: ...
    def ensure_contact(self, client_id: int, name: str) -> Contact:
        """The contact of that name, added when new; spellings of one name are one contact."""
        ...

    def merge(self, workspace_id: int, from_id: int, into_id: int, by_id: int, now: datetime) -> int:
        """Move everything of one client to another and remember what moved; returns the merge's id.

        Raises `MergeImpossibleError` unless both are there, differ, and are not merged already.
        """
        ...

    def undo_merge(self, workspace_id: int, merge_id: int, now: datetime) -> ClientMerge:
        """Put back what a merge moved; what was added since stays with the client that it was added to.

        Raises `MergeImpossibleError` when it was undone before, or a later merge has to be undone first.
        """
        ...

    def merges_into(self, client_id: int) -> list[ClientMerge]:
        """Merges into a client, newest first, undone ones too."""
        ...
