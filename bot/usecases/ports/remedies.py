"""Remedies."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from bot.domain.remedies import Remedy, RemedyOutcome
from bot.domain.remedy_rules import Judgement, RemedyDraft


class RemedyRepository(Protocol):
    """What is tried, and was tried, to put things right."""

    def begin(
        self,
        workspace_id: int,
        client_id: int,
        draft: RemedyDraft,
        *,
        discussion_id: int | None,
        begun_by_id: int,
        now: datetime,
    ) -> Remedy: ...

    def find(self, workspace_id: int, remedy_id: int) -> Remedy | None: ...
    def of_client(self, client_id: int) -> list[Remedy]:
        """Every remedy of a client, the newest first; those that were called off too."""
        ...

    def owned_by(self, person_id: int) -> list[Remedy]:
        """What a person owns that is still under way."""
        ...

    def judged(self, remedy_id: int, judgement: Judgement, now: datetime) -> bool:
        """Keep what the figures say of a running remedy, which waits for its owner's word now; false when it ended."""
        ...

    def end(self, remedy_id: int, outcome: RemedyOutcome, note: str, confirmed_by_id: int, now: datetime) -> bool:
        """End a remedy that is under way; false when it has ended already."""
        ...

    def call_off(self, remedy_id: int, now: datetime) -> bool:
        """Stop a remedy that is under way, which then counts as not tried; false when it has ended already."""
        ...

    def prolong(self, remedy_id: int, ends_on: date) -> bool:
        """Let a remedy that is under way run to another last day, unjudged; false when it has ended already."""
        ...

    def hand_over(self, remedy_id: int, owner_id: int) -> None: ...
