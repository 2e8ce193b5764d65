"""The farewell: the terms on which a client and the team part."""

from __future__ import annotations

from typing import Protocol

from bot.domain.farewell.closing_terms import SavedTerm


class FarewellRepository(Protocol):
    """What is filled in for the end, per discussion; callers hold the client's row while they change any of it."""

    def terms(self, discussion_id: int) -> list[SavedTerm]:
        """Everything that was saved, in the order of saving: a colleague's words stay beside what replaced them."""
        ...

    def add_term(self, saved: SavedTerm) -> None: ...
    def replace_term(self, saved: SavedTerm) -> None:
        """Put `saved` where its person's words are the newest of that term."""
        ...
