"""Erasing what is held about a client or a contact."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct

Texts = Mapping[str, Any]
"""What people typed in one row, by column: text, or JSON with text in it."""


class ErasedRecord(Struct, frozen=True):
    """An entry of the audit trail that says that a client was erased, or a contact where `contact_id` is given.

    `seal` is that of the entry. `clients` are those it was about, each with the moment it was added: ids of two
    databases mean the same client only where these moments are the same.
    """

    platform: str
    team: str
    seal: str
    client_id: int
    clients: tuple[tuple[int, datetime], ...]
    contact_id: int | None
    actor_external_id: str | None
    because: str


class Erasure(Protocol):
    """Takes rows and words away for good. `client_ids` are a client's and those of all that were merged into it."""

    def preview(self, client_ids: Collection[int]) -> dict[str, int]:
        """How many rows `erase_client` would take away, by table; only tables with some."""
        ...

    def erase_client(self, client_ids: Collection[int], now: datetime) -> dict[str, int]:
        """Take away every row that belongs to the clients, and the messages that wait to be flagged in their workspace.

        The clients themselves stay as rows without a name. Whatever else refers to what goes, refers to nothing. The
        audit trail stays as it is. Returns how many rows went, by table.
        """
        ...

    def erase_contact(self, client_ids: Collection[int], normalized_name: str) -> list[int]:
        """Take the contact's rows away, and the messages that wait to be flagged; flags name nobody in its place.

        Returns the ids of the rows.
        """
        ...

    def contact_ids(self, client_ids: Collection[int], normalized_name: str) -> list[int]:
        """Ids of the rows of a contact, lowest first."""
        ...

    def texts(self, client_ids: Collection[int]) -> Iterator[Texts]:
        """What people typed about the clients, row by row."""
        ...

    def rewrite_texts(self, client_ids: Collection[int], rewrite: Callable[[Texts], Texts]) -> int:
        """Replace what people typed by what `rewrite` makes of it; returns how many rows that changed."""
        ...

    def subjects_about(self, client_ids: Collection[int]) -> list[str]:
        """Subjects of our messages that show something of the clients; nobody can tell once their rows are gone."""
        ...

    def is_gone(self, subject: str) -> bool:
        """Whether what a message about `subject` shows is not there any more."""
        ...

    def erased(self, workspace_id: int) -> list[ErasedRecord]:
        """What the audit trail of a workspace says was erased, in order."""
        ...

    def is_same_client(self, workspace_id: int, client_id: int, added_at: datetime) -> bool:
        """Whether there is a client of that id, added at that moment and not erased."""
        ...

    def merged_into(self, client_id: int) -> str | None:
        """The name of the client that has everything of this one, where that is not erased."""
        ...

    def contact_name(self, client_ids: Collection[int], contact_id: int) -> str | None:
        """The name in one row of a contact of these clients."""
        ...
