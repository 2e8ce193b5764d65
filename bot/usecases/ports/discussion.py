"""Discussions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from bot.domain.model import Discussion, DiscussionStyle


class DiscussionRepository(Protocol):
    """Discussions of a workspace and who is asked into them."""

    def open(
        self,
        workspace_id: int,
        client_id: int,
        style: DiscussionStyle,
        views_by: date,
        *,
        opened_by_id: int | None,
        alert_id: int | None,
        now: datetime,
    ) -> Discussion | None:
        """Open a discussion under the next case number; `None` when one is open for the client already."""
        ...

    def find(self, workspace_id: int, discussion_id: int) -> Discussion | None: ...
    def open_for(self, client_id: int) -> Discussion | None: ...
    def latest_for(self, client_id: int) -> Discussion | None: ...
    def of_client(self, client_id: int) -> list[Discussion]:
        """Every discussion about a client, the newest first."""
        ...

    def open_with(self, person_id: int) -> list[Discussion]:
        """The open discussions that somebody was asked into, oldest first."""
        ...

    def at_place(self, place_id: int) -> Discussion | None:
        """The discussion held in a place, the newest where there were several; it may be closed."""
        ...

    def set_style(self, discussion_id: int, style: DiscussionStyle, reason: str | None) -> None: ...
    def thread_reason(self, discussion_id: int) -> str | None:
        """Why it is held as a thread, where a channel was wanted."""
        ...

    def set_channel_name(self, discussion_id: int, name: str) -> None: ...
    def set_place(self, discussion_id: int, place_id: int | None) -> None: ...
    def set_views_by(self, discussion_id: int, views_by: date) -> None: ...
    def close(self, discussion_id: int, now: datetime) -> None: ...
    def is_used(self, discussion_id: int) -> bool:
        """Whether anybody has done anything in it, such as give a view: more than being asked into its first round."""
        ...

    def reopen(self, discussion_id: int) -> bool:
        """Let a closed discussion go on; false when it is open, or another one of its client is."""
        ...

    def ask_in(self, discussion_id: int, person_ids: Iterable[int]) -> list[int]:
        """Add people as `wanted`; returns those who were not asked before."""
        ...

    def people(self, discussion_id: int) -> dict[int, str]:
        """Person ids and their state: `wanted`, `invited`, `refused` or `left`."""
        ...

    def set_person_state(self, discussion_id: int, person_id: int, state: str) -> None: ...
    def drop_person(self, person_id: int) -> None:
        """Nobody waits for a person any more: in open discussions they count as `left`."""
        ...
