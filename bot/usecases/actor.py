"""Who does something, and in which workspace."""

from __future__ import annotations

from msgspec import Struct

from bot.domain.model import Person
from bot.domain.policy import WorkspaceSettings


class Actor(Struct, frozen=True):
    """A full member of the workspace, as a front door has made sure, with what the workspace has chosen."""

    person: Person
    settings: WorkspaceSettings

    @property
    def zone(self) -> str:
        """The zone of this person's clock; the workspace's where theirs is not known."""
        return self.person.zone or self.settings.zone

    @property
    def workspace_id(self) -> int:
        """The workspace that everything this person does belongs to."""
        return self.person.workspace_id
