"""A debrief as frozen data: who is invited and what they answered, without blame and on their own time."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class Question(StrEnum):
    """The five questions of a debrief, in the order in which they are asked; each can be left open."""

    CAUSES = "causes"
    SIGNAL = "signal"
    AGREED = "agreed"
    SKILL = "skill"
    CHANGE = "change"


class DebriefAnswer(Struct, frozen=True):
    """What one colleague answered to one question, as it stands; an empty text says that it was taken back."""

    debrief_id: int
    person_id: int
    question: Question
    text: str
    answered_at: datetime


class Invited(Struct, frozen=True):
    """Somebody invited to a debrief; `nudges` counts how often they were asked to answer.

    Since `away_at` they cannot take part, by their own word: nobody asks them any more.
    """

    person_id: int
    nudges: int = 0
    away_at: datetime | None = None


class DebriefEnd(Struct, frozen=True):
    """How a debrief ended; `by_id` is `None` where it closed by itself."""

    at: datetime
    by_id: int | None
