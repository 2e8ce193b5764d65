"""What a capability shows on every platform."""

from __future__ import annotations

from msgspec import Struct, field

from handlers.surface.delivery import Tellings
from handlers.surface.interactions import Interactions


class Face(Struct, frozen=True):
    """The declaration of a capability's face: what it answers, and how its notices are told."""

    stem: str
    interactions: Interactions = field(default_factory=Interactions)
    tellings: Tellings = field(default_factory=dict)
