"""What clients asked or said after a letter."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.pushback import Pushback


class PushbackRepository(Protocol):
    """All of it; callers hold the client's row while they change any."""

    def add(self, pushback: Pushback) -> Pushback:
        """Keep something; its own id does not count."""
        ...

    def find(self, workspace_id: int, pushback_id: int) -> Pushback | None: ...
    def of_decision(self, decision_id: int) -> list[Pushback]:
        """What came after one letter, the newest first."""
        ...

    def of_client(self, client_id: int) -> list[Pushback]:
        """Everything that a client asked or said, the newest first."""
        ...

    def unsettled(self, workspace_id: int) -> list[Pushback]:
        """What is not settled yet, the oldest first."""
        ...

    def settle(self, pushback_id: int, settled_by_id: int, now: datetime) -> bool:
        """Keep that somebody saw to it; false when it was settled before."""
        ...
