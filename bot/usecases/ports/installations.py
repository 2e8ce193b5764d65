"""Where we are installed, and with which secrets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from msgspec import Struct


class SealBrokenError(Exception):
    """Something sealed cannot be opened: it was changed, or none of the keys that we have is its key."""


class Sealer(Protocol):
    """Makes secrets unreadable for whoever has the database alone."""

    def seal(self, secret: str) -> str: ...
    def open(self, sealed: str, within: timedelta | None = None) -> str:
        """The secret again; raises `SealBrokenError`, also for what was sealed longer ago than `within`."""
        ...


class StoredInstallation(Struct, frozen=True):
    """What is kept of an installation: the platform's secrets, sealed, and since when we have them."""

    sealed: str
    installed_at: datetime


class InstallationRepository(Protocol):
    """The workspaces that we are installed in."""

    def find(self, workspace_id: int) -> StoredInstallation | None: ...
    def save(self, workspace_id: int, sealed: str, now: datetime) -> None:
        """Keep an installation, in place of an earlier one in the same workspace."""
        ...

    def remove(self, workspace_id: int) -> None: ...
    def installed_at(self) -> Mapping[int, datetime]:
        """Every workspace that we are installed in, and since when."""
        ...
