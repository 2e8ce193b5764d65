"""The audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from bot.domain.audit import AuditAction, AuditDetail, AuditEntry, AuditHead


class AuditTrail(Protocol):
    """Entries of a workspace; they are only ever added."""

    def append(
        self,
        workspace_id: int,
        action: AuditAction,
        at: datetime,
        *,
        actor_id: int | None,
        client_id: int | None,
        subject: str,
        details: Mapping[str, AuditDetail],
    ) -> None:
        """Add an entry under the next number, sealed onto the one before it; two at once take turns."""
        ...

    def entries(self, workspace_id: int) -> list[AuditEntry]:
        """The whole trail, in order."""
        ...

    def about(self, client_id: int, limit: int) -> list[AuditEntry]:
        """Entries about a client and about those merged into it, newest first."""
        ...

    def head(self, workspace_id: int) -> AuditHead:
        """The number and seal that the newest entry had when it was written."""
        ...
