"""The evaluation of a client: what the team thinks and knows, as frozen data.

A round begins with a deadline and ends with a decision or with the discussion. Views are hidden until they are shown
together; answers about consequences, impact and benefits are facts for all and never hidden.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct


class ViewChoice(StrEnum):
    """What a colleague would do; `NO_VIEW` is an answer too."""

    KEEP = "keep"
    PUT_RIGHT = "put_right"
    PART = "part"
    NO_VIEW = "no_view"


class Topic(StrEnum):
    """What is asked one by one in an evaluation; each stays open until somebody has answered it."""

    HISTORY = "history"
    SEVERITY = "severity"
    IMPACT_TIME = "impact_time"
    IMPACT_MONEY = "impact_money"
    IMPACT_MORALE = "impact_morale"
    BENEFITS = "benefits"
    REPUTATION = "reputation"
    LEGAL = "legal"
    INFLUENCE = "influence"
    DEPENDENCE = "dependence"


class StatementSource(StrEnum):
    """How the client's side was heard."""

    CONVERSATION = "conversation"
    PHONE = "phone"
    EMAIL = "email"
    LETTER = "letter"
    OTHER = "other"


class ViewsShown(StrEnum):
    """How shown views name people, as the workspace chooses."""

    NAMES = "names"
    COUNTS = "counts"


class Round(Struct, frozen=True):
    """One round of an evaluation; `number` counts from 1 within its discussion.

    `views_by` is the last day for views, moved once at most (`extended_at`). `shown_at` is set once the views were
    shown, `ended_at` once they can no longer change. `shown_as` is settled when the round begins: what people are told
    before they answer holds. `early_reason` is why a reviewer ended the waiting before its time, `early_by_id` who did.
    """

    discussion_id: int
    number: int
    begun_at: datetime
    views_by: date
    shown_as: ViewsShown = ViewsShown.NAMES
    extended_at: datetime | None = None
    shown_at: datetime | None = None
    ended_at: datetime | None = None
    early_by_id: int | None = None
    early_reason: str = ""


class TeamView(Struct, frozen=True):
    """What one colleague thinks in one round; `deals_with` says whether they dealt with the client at that moment."""

    discussion_id: int
    round: int
    person_id: int
    choice: ViewChoice
    reason: str
    deals_with: bool
    given_at: datetime


class Answer(Struct, frozen=True):
    """What one colleague wrote about one topic."""

    discussion_id: int
    topic: Topic
    person_id: int
    text: str
    answered_at: datetime


class ClientStatement(Struct, frozen=True):
    """The client's side: what the client says, and what we did wrong."""

    id: int
    workspace_id: int
    client_id: int
    says: str
    our_part: str
    said_on: date
    source: StatementSource
    recorded_by_id: int
    recorded_at: datetime
    discussion_id: int | None = None
