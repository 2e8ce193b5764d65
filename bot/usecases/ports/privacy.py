"""Everything that is held about a client, whatever became of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Protocol

from bot.domain.evaluation import Round
from bot.domain.model import Alert, Debrief, Discussion, Flag, Task


class PrivacyRepository(Protocol):
    """Questions that only a request of a client or contact asks: over, closed and withdrawn things count as well.

    `client_ids` are those of `family`. Lists are in the order in which things began.
    """

    def family(self, client_id: int) -> list[int]:
        """The client's id first, then those of all that were merged into it, directly or by way of another."""
        ...

    def removed_called(self, workspace_id: int, names: Collection[str]) -> list[int]:
        """Ids of clients of these normalized names that were added by mistake and let go: their rows keep the name."""
        ...

    def known_since(self, client_id: int) -> datetime:
        """When the client was added."""
        ...

    def contact_names(self, client_ids: Iterable[int]) -> list[str]:
        """Names of contacts: those that are listed, and those that a flag gave before it was edited."""
        ...

    def names_of(self, client_ids: Iterable[int]) -> list[str]:
        """What each of the clients is called, those that were merged under the name they had."""
        ...

    def flags(self, client_ids: Iterable[int]) -> list[Flag]: ...
    def alerts(self, client_ids: Iterable[int]) -> list[Alert]: ...
    def discussions(self, client_ids: Iterable[int]) -> list[tuple[Discussion, datetime | None]]:
        """Discussions, each with the moment it was closed."""
        ...

    def rounds(self, discussion_id: int) -> list[Round]: ...
    def debriefs(self, client_ids: Iterable[int]) -> list[Debrief]: ...
    def tasks(self, client_ids: Iterable[int]) -> list[Task]: ...
    def drafts(self, discussion_id: int) -> int:
        """How many people have begun to write something in a discussion and not given it yet."""
        ...
