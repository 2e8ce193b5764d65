"""The decision on a client, as frozen data: a person takes it, nothing automatic ever does."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct


class DecisionOutcome(StrEnum):
    """What was decided; `UNDECIDED` closes a discussion in which too few people could give a view."""

    KEEP = "keep"
    PUT_RIGHT = "put_right"
    PART = "part"
    UNDECIDED = "undecided"


class DecisionState(StrEnum):
    """`PROPOSED` waits for a second reviewer; `TAKEN` stands; the others are kept as history."""

    PROPOSED = "proposed"
    TAKEN = "taken"
    DECLINED = "declined"
    REOPENED = "reopened"


class Decision(Struct, frozen=True):
    """One decision in one round of a discussion, with what its guards asked for.

    `next_on` is the date that every outcome carries: when to look again (keep, undecided), when the trial ends (put
    right), or the end date (part); `followed_up_at` is set once somebody looked again. `snapshot` is JSON as it was at
    that moment: score, flags, views and answers; it never changes. Reasons are empty where their guard did not ask for
    one.
    """

    id: int
    workspace_id: int
    client_id: int
    discussion_id: int
    round: int
    outcome: DecisionOutcome
    state: DecisionState
    reason: str
    next_on: date
    made_by_id: int
    made_at: datetime
    snapshot: dict[str, Any]
    learned: str = ""
    against_majority: str = ""
    no_remedy_possible: str = ""
    client_side_waived: str = ""
    confirmed_by_id: int | None = None
    confirmed_at: datetime | None = None
    reopened_by_id: int | None = None
    reopened_at: datetime | None = None
    reopen_reason: str = ""
    declined_by_id: int | None = None
    declined_at: datetime | None = None
    decline_reason: str = ""
    followed_up_by_id: int | None = None
    followed_up_at: datetime | None = None
    letter_sent_at: datetime | None = None
