"""What every notice is."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, ClassVar

from bot.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """Base of all notices; subclasses hold integers and short codes, never text that a person typed."""

    kind: ClassVar[str]

    @property
    def lane(self) -> str:
        """The queue in which this notice keeps its place."""
        raise TypeError(f"{type(self).__name__} names no lane")

    def payload(self) -> dict[str, Any]:
        """The notice as JSON-ready data; `notice_from` reads it back."""
        return asdict(self)
