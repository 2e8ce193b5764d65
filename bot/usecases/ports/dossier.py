"""Questions that only a dossier asks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Protocol

from msgspec import Struct


class Impact(Struct, frozen=True):
    """What the open flags of a client came to: hours lost, and an amount in each currency that flags were recorded in.

    No hours and no amounts where no flag gives them, which is not the same as zero.
    """

    hours: Decimal | None = None
    amounts: tuple[tuple[str, Decimal], ...] = ()


class CausedBy(Struct, frozen=True):
    """How many open flags, other than good ones, name a contact at the client."""

    contact: str
    flags: int


class DossierRepository(Protocol):
    """Sums and lists over flags and clients, each from an index."""

    def impact(self, client_id: int) -> Impact: ...
    def caused_by(self, client_id: int) -> list[CausedBy]:
        """Contacts with the most flags first; flags that name nobody are left out."""
        ...

    def has_flagged(self, client_id: int, person_id: int) -> bool:
        """Whether the person reported an open or withdrawn flag on the client."""
        ...

    def own_flags(self, client_id: int, person_id: int, *, before: tuple[date, int] | None, limit: int) -> list[int]:
        """Ids of the person's open and withdrawn flags on the client, newest first, as `FlagRepository.timeline`."""
        ...

    def flagged_by(self, workspace_id: int, person_id: int, limit: int) -> list[int]:
        """Ids of clients that the person has open flags on, the latest flagged first; merged ones left out."""
        ...

    def close_to(self, workspace_id: int, person_id: int, limit: int) -> list[int]:
        """Ids of clients that the person owns or deals with, the highest rank first; merged ones left out."""
        ...

    def merged_names(self, client_id: int) -> dict[int, str]:
        """Ids and names of the clients that were ever merged into this one."""
        ...
