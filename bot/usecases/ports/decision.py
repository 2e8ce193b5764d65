"""Decisions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Protocol

from bot.domain.decision import Decision, DecisionState
from bot.domain.decision_rules import DecisionDraft


class DecisionRepository(Protocol):
    """Decisions on clients. What was decided never changes; only its state does, and who changed that is kept."""

    def add(
        self,
        workspace_id: int,
        client_id: int,
        discussion_id: int,
        number: int,
        state: DecisionState,
        draft: DecisionDraft,
        next_on: date,
        snapshot: dict[str, Any],
        *,
        made_by_id: int,
        now: datetime,
    ) -> Decision | None:
        """Keep a decision in the round `number` of a discussion; `None` when one stands in that round."""
        ...

    def find(self, workspace_id: int, decision_id: int) -> Decision | None: ...
    def standing(self, discussion_id: int, number: int) -> Decision | None:
        """What is decided or proposed in a round."""
        ...

    def of_discussion(self, discussion_id: int) -> list[Decision]:
        """Every decision of a discussion, the newest first."""
        ...

    def of_client(self, client_id: int) -> list[Decision]:
        """Every decision on a client, the newest first."""
        ...

    def proposed(self, workspace_id: int) -> list[Decision]:
        """What waits for a second reviewer."""
        ...

    def confirm(self, decision_id: int, confirmed_by_id: int | None, now: datetime) -> bool:
        """Let a proposal stand as taken, by nobody where there is no second reviewer; false when it was settled."""
        ...

    def decline(self, decision_id: int, declined_by_id: int | None, reason: str, now: datetime) -> bool:
        """Decline a proposal, by nobody when events overtook it; false when it was settled."""
        ...

    def reopen(self, decision_id: int, reopened_by_id: int, reason: str, now: datetime) -> bool:
        """Let a decision stand no more; false when it does not stand as taken."""
        ...

    def put_off(self, decision_id: int, until: date) -> None:
        """Give a decision that stands a later date."""
        ...

    def set_letter_sent(self, decision_id: int, at: datetime) -> None:
        """Keep when the letter went, which a correction can change."""
        ...

    def follow_up(self, decision_id: int, followed_up_by_id: int, now: datetime) -> bool:
        """Keep that somebody looked again; false when somebody did before."""
        ...
