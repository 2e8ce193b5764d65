"""Texts and files of a workspace's own."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.workspace_texts import WorkspaceText


class WorkspaceTextRepository(Protocol):
    """Every version of each text that a workspace has replaced; the newest is in use."""

    def newest(self, workspace_id: int, kind: str, language: str) -> WorkspaceText | None: ...
    def all_newest(self, workspace_id: int) -> list[WorkspaceText]:
        """The newest version of each text that was ever replaced, by kind and language."""
        ...

    def versions(self, workspace_id: int, kind: str, language: str) -> list[WorkspaceText]:
        """All versions of a text, the newest first."""
        ...

    def add(
        self, workspace_id: int, kind: str, language: str, content: bytes | None, saved_by_id: int, now: datetime
    ) -> WorkspaceText:
        """The next version of a text."""
        ...
