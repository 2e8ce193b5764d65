"""What waits for one person, as each capability declares it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from bot.usecases.actor import Actor
from bot.usecases.ports import UnitOfWork


class WaitingKind(StrEnum):
    """What somebody is asked for."""

    CHECK_IN = "check_in"
    VIEW = "view"
    TRIAL_OUTCOME = "trial_outcome"
    CONFIRMATION = "confirmation"
    LETTER = "letter"
    DEBRIEF = "debrief"
    LESSON = "lesson"
    LOOK_BACK = "look_back"
    CHECKLIST = "checklist"
    PUSHBACK = "pushback"


class Waiting(Struct, frozen=True):
    """One thing that waits for somebody, about a client whose name they may know; else its case code stands there.

    `id` is what the button that leads to it carries, and `by` the last day for it, in the workspace's calendar, where
    there is one.
    """

    kind: WaitingKind
    id: int
    client_name: str
    by: date | None = None


Waits = Callable[[UnitOfWork, Actor, datetime], list[Waiting]]
"""`(uow, actor, now)` → what waits for `actor`, and for nobody else; `now` is aware and in UTC."""
