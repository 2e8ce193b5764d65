"""The farewell: the terms on which a client and the team part, and letters to a client."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.farewell.closing_terms import SavedTerm
from bot.domain.farewell.drafting import LetterContent, LetterCopy, LetterEvent, LetterRecord, LetterVersion
from bot.domain.farewell.letter.options import LetterKind


class FarewellRepository(Protocol):
    """What is filled in for the end, per discussion; callers hold the client's row while they change any of it."""

    def terms(self, discussion_id: int) -> list[SavedTerm]:
        """Everything that was saved, in the order of saving: a colleague's words stay beside what replaced them."""
        ...

    def add_term(self, saved: SavedTerm) -> None: ...
    def replace_term(self, saved: SavedTerm) -> None:
        """Put `saved` where its person's words are the newest of that term."""
        ...


class LetterRepository(Protocol):
    """Letters to clients; callers hold the client's row while they change any of it."""

    def begin(
        self,
        workspace_id: int,
        client_id: int,
        kind: LetterKind,
        *,
        discussion_id: int | None,
        decision_id: int | None,
        remedy_id: int | None,
        begun_by_id: int,
        now: datetime,
    ) -> LetterRecord:
        """A letter without a version yet."""
        ...

    def find(self, workspace_id: int, letter_id: int) -> LetterRecord | None: ...
    def of_decision(self, decision_id: int) -> LetterRecord | None: ...
    def of_remedy(self, remedy_id: int) -> LetterRecord | None: ...
    def of_client(self, client_id: int) -> list[LetterRecord]:
        """Every letter to a client, the newest first."""
        ...

    def of_workspace(self, workspace_id: int) -> list[LetterRecord]:
        """Every letter of a workspace, the newest first."""
        ...

    def take_up(self, letter_id: int, decision_id: int) -> None:
        """From now on it is the letter of another decision of its discussion."""
        ...

    def versions(self, letter_id: int) -> list[LetterVersion]:
        """Every version, the first in front."""
        ...

    def add_version(self, version: LetterVersion) -> None: ...
    def copies(self, letter_id: int) -> list[LetterCopy]:
        """What people have typed and not saved, the newest first."""
        ...

    def keep_copy(self, letter_id: int, person_id: int, base: int, content: LetterContent, now: datetime) -> None: ...
    def drop_copy(self, letter_id: int, person_id: int) -> None: ...
    def events(self, letter_id: int) -> list[LetterEvent]:
        """What happened, in order."""
        ...

    def add_event(self, event: LetterEvent) -> None: ...
