"""Alerts."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from bot.domain.model import Alert, AlertState, Level


class AlertRepository(Protocol):
    """Alerts of a workspace."""

    def raise_(
        self,
        workspace_id: int,
        client_id: int,
        level: Level,
        rule: str,
        figures: dict[str, Any],
        *,
        raised_at: datetime,
        post_at: datetime,
    ) -> Alert | None:
        """Add an open alert; `None` when one of this level is open for the client already."""
        ...

    def find(self, workspace_id: int, alert_id: int) -> Alert | None: ...
    def open_for(self, client_id: int) -> list[Alert]: ...
    def of_client(self, client_id: int) -> list[Alert]:
        """Every alert about a client, the oldest first; those that were taken back too."""
        ...

    def take(self, alert_id: int, person_id: int, now: datetime) -> bool:
        """Set who takes the alert; false when somebody has it already or it is closed."""
        ...

    def hasten(self, alert_id: int, post_at: datetime) -> None: ...
    def close(self, alert_id: int, state: AlertState = AlertState.CLOSED) -> None: ...
    def reopen(self, alert_id: int) -> None:
        """Let an alert go on that another one of its client had taken the place of; the caller has ended that one."""
        ...

    def mark_acted(self, client_id: int, now: datetime) -> None:
        """Somebody acted on the client: its open alerts ask no more."""
        ...

    def has_been_acted_on(self, alert_id: int) -> bool: ...
