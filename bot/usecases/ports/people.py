"""Workspaces, people and places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct

from bot.domain.model import Person
from bot.domain.policy import WorkspaceSettings


class Workspace(Struct, frozen=True):
    """A tenant as stored; `overrides` are the settings that differ from the defaults."""

    id: int
    platform: str
    external_id: str
    settings: WorkspaceSettings
    settings_version: int
    overrides: Mapping[str, Any]
    is_disconnected: bool


class Place(Struct, frozen=True):
    """A channel or direct message; `state` is `open`, `archived` or `gone`.

    Since `covered_at`, an aware UTC instant, our messages there are covered: somebody came in who must not read them.
    """

    id: int
    workspace_id: int
    platform: str
    external_id: str
    state: str
    covered_at: datetime | None = None


class PeopleRepository(Protocol):
    """Who and where. Ids of a platform go in and come out here and nowhere else."""

    def ensure_workspace(self, platform: str, external_id: str, now: datetime) -> Workspace: ...
    def workspace(self, workspace_id: int) -> Workspace:
        """The workspace; raises `NotFoundError` for an id that is none."""
        ...

    def workspace_by_external(self, platform: str, external_id: str) -> Workspace | None: ...
    def workspaces(self) -> list[Workspace]: ...
    def save_overrides(self, workspace_id: int, overrides: Mapping[str, Any]) -> None:
        """Replace what the workspace has chosen, see `bot.domain.settings_values`."""
        ...

    def set_disconnected(self, workspace_id: int, at: datetime | None) -> None: ...

    def ensure_person(self, workspace_id: int, platform: str, external_id: str, *, language: str, zone: str) -> Person:
        """The person behind a platform's user id, added when new; language and zone are brought up to date."""
        ...

    def person(self, person_id: int) -> Person | None: ...
    def person_by_external(self, workspace_id: int, platform: str, external_id: str) -> Person | None: ...
    def external_ids(self, person_ids: Iterable[int], platform: str) -> dict[int, str]: ...
    def reviewers(self, workspace_id: int) -> list[Person]:
        """Reviewers who have not left."""
        ...

    def admins(self, workspace_id: int) -> list[Person]:
        """Admins who have not left."""
        ...

    def set_roles(self, person_id: int, *, is_reviewer: bool, is_admin: bool) -> None: ...
    def set_left(self, person_id: int, at: datetime | None) -> None: ...
    def present(self, person_ids: Iterable[int]) -> set[int]:
        """Those of `person_ids` who have not left."""
        ...

    def ensure_place(self, workspace_id: int, platform: str, external_id: str) -> Place: ...
    def place(self, place_id: int) -> Place | None: ...
    def place_by_external(self, workspace_id: int, platform: str, external_id: str) -> Place | None: ...
    def covered_places(self) -> list[Place]:
        """Where our messages are covered, in all workspaces."""
        ...

    def set_place_covered(self, place_id: int, at: datetime | None) -> None: ...
    def set_place_state(self, place_id: int, state: str) -> None: ...
    def set_place_external_id(self, place_id: int, external_id: str) -> None: ...
