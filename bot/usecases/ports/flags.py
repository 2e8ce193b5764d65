"""Flags, witnesses and private tasks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from msgspec import Struct

from bot.domain.model import Flag, FlagContent, FlagState, Task, ViewKind, Witness
from bot.domain.score import ScoredFlag


class FlagRevision(Struct, frozen=True):
    """What a flag said until `replaced_at`."""

    number: int
    content: FlagContent
    replaced_at: datetime


class FlagRepository(Protocol):
    """Flags of a client, and what colleagues added to them."""

    def add(
        self,
        workspace_id: int,
        client_id: int,
        reporter_id: int,
        content: FlagContent,
        contact_id: int | None,
        now: datetime,
    ) -> int: ...
    def find(self, workspace_id: int, flag_id: int) -> Flag | None: ...
    def scored(self, client_id: int, since: date) -> list[ScoredFlag]:
        """Open flags that happened on or after `since`, from the covering index."""
        ...

    def people_behind(self, client_id: int, since: date) -> set[int]:
        """Reporters of, and witnesses to, the open flags since a date."""
        ...

    def timeline(
        self, client_id: int, *, before: tuple[date, int] | None, limit: int, category: str | None = None
    ) -> list[Flag]:
        """Open and withdrawn flags, newest first; `before` is the (date, id) of the last one already shown."""
        ...

    def nearby(self, client_id: int, category: str, around: date, days: int) -> list[Flag]:
        """Open flags of a category at most `days` from a date."""
        ...

    def revise(self, flag_id: int, content: FlagContent, contact_id: int | None, now: datetime) -> None:
        """Replace what a flag says, keeping what it said before."""
        ...

    def revisions(self, flag_id: int) -> list[FlagRevision]: ...
    def set_state(self, flag_id: int, state: FlagState, now: datetime, reason: str = "") -> None:
        """Withdraw or undo: the text goes with it."""
        ...

    def add_witness(self, flag_id: int, person_id: int, kind: ViewKind, note: str, now: datetime) -> bool:
        """Add a person's view of a flag, or change the one of that kind; false when nothing changed.

        The flag's count of witnesses stays true, and a view of the other kind stands as it is.
        """
        ...

    def remove_witness(self, flag_id: int, person_id: int, kind: ViewKind) -> bool:
        """Take back a person's view of one kind, keeping the count of witnesses true; false where there was none."""
        ...

    def witnesses(self, flag_ids: Iterable[int]) -> dict[int, list[Witness]]: ...
    def add_task(
        self,
        workspace_id: int,
        client_id: int,
        kind: str,
        assignee_id: int,
        due_on: date,
        flag_id: int | None,
    ) -> int: ...
    def task(self, workspace_id: int, task_id: int) -> Task | None: ...
    def finish_task(self, task_id: int, now: datetime) -> bool: ...
    def open_tasks(self, client_id: int) -> list[Task]: ...
    def open_tasks_of(self, person_id: int) -> list[Task]:
        """Tasks that a person has not done yet, oldest first."""
        ...
