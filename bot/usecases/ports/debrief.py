"""Debriefs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from bot.domain.debrief import DebriefAnswer, DebriefEnd, Invited
from bot.domain.model import Debrief, DebriefState


class DebriefRepository(Protocol):
    """Debriefs of a workspace and who is invited."""

    def plan(
        self,
        workspace_id: int,
        client_id: int,
        *,
        local_at: datetime,
        zone: str,
        starts_at: datetime,
        uid: str,
        planned_by_id: int | None,
        now: datetime,
    ) -> Debrief | None:
        """Plan a debrief; `None` when one is planned for the client already."""
        ...

    def find(self, workspace_id: int, debrief_id: int) -> Debrief | None: ...
    def planned_with(self, workspace_id: int, person_id: int) -> list[Debrief]:
        """Planned debriefs that a person is invited to, soonest first."""
        ...

    def planned(self, workspace_id: int) -> list[Debrief]:
        """All planned debriefs of a workspace, soonest first."""
        ...

    def planned_for(self, client_id: int) -> Debrief | None: ...
    def move(self, debrief_id: int, *, local_at: datetime, zone: str, starts_at: datetime) -> int:
        """Set another moment; returns the new sequence."""
        ...

    def latest_for(self, client_id: int) -> Debrief | None:
        """The debrief of a client that was planned last, whatever became of it."""
        ...

    def set_state(self, debrief_id: int, state: DebriefState) -> int:
        """Cancel or hold; returns the new sequence."""
        ...

    def set_place(self, debrief_id: int, place_id: int) -> None: ...
    def invite(self, debrief_id: int, person_ids: Iterable[int]) -> None: ...
    def people(self, debrief_id: int) -> list[int]: ...
    def invited(self, debrief_id: int) -> list[Invited]: ...
    def nudged(self, debrief_id: int, person_id: int) -> None:
        """Count that somebody was asked for their answers once more."""
        ...

    def set_away(self, debrief_id: int, person_id: int, at: datetime | None) -> None: ...
    def answers(self, debrief_id: int) -> list[DebriefAnswer]:
        """All answers as they stand, those that were taken back as empty texts."""
        ...

    def save_answer(self, answer: DebriefAnswer) -> None:
        """Keep an answer in the place of what that person said before."""
        ...

    def close(self, debrief_id: int, closed_by_id: int | None, now: datetime) -> bool:
        """Close a planned debrief, by nobody where it closes by itself; false when it is not planned any more."""
        ...

    def end(self, debrief_id: int) -> DebriefEnd | None:
        """How a closed debrief ended."""
        ...
