"""Terms of return, and what clients are known by."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from msgspec import Struct

from bot.domain.returning import KnownAs, ReturnTerms


class ReturnSign(Struct, frozen=True):
    """Somebody is to be told that a client resembles a former one, or is one; the ids may have been merged since."""

    id: int
    client_id: int
    former_id: int
    person_id: int


class ReturningRepository(Protocol):
    """What is asked about clients that come back."""

    def known_as(self, client_id: int) -> KnownAs:
        """What a client is known by."""
        ...

    def former(self, workspace_id: int) -> list[KnownAs]:
        """What the clients are known by that have left; merged, removed and erased ones are none of them."""
        ...

    def terms(self, client_id: int) -> list[ReturnTerms]:
        """Everything that was written down about the return of a client, the newest first."""
        ...

    def add_terms(self, terms: ReturnTerms) -> None: ...
    def note_sign(
        self, workspace_id: int, client_id: int, former_id: int, person_id: int, now: datetime
    ) -> ReturnSign | None:
        """Keep that somebody is told; `None` where they were before."""
        ...

    def sign(self, workspace_id: int, sign_id: int) -> ReturnSign | None: ...
