"""Remedies: dated trials to put things right, as frozen data."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from bot.domain.remedy_kinds import RemedyKind as RemedyKind


class SuccessTest(StrEnum):
    """How success is judged at the end: by new flags, by the score, or by the owner alone."""

    NO_NEW_FLAG = "no_new_flag"
    SCORE_BELOW = "score_below"
    BY_OWNER = "by_owner"


class RemedyState(StrEnum):
    """A remedy runs until its end date, waits for its owner's word, and has then ended; or it was called off."""

    RUNNING = "running"
    TO_CONFIRM = "to_confirm"
    ENDED = "ended"
    CALLED_OFF = "called_off"


class RemedyOutcome(StrEnum):
    """What came of a remedy."""

    WORKED = "worked"
    DID_NOT_WORK = "did_not_work"
    UNCLEAR = "unclear"


class Remedy(Struct, frozen=True):
    """One dated trial. `ends_on` is its last day; flags of days after `starts_on` up to `ends_on` count against it.

    `test_category` is the category that `NO_NEW_FLAG` looks at, `None` for every category but the good; `test_points`
    is the line of `SCORE_BELOW`. `judged` is the bot's word, `outcome` the owner's, which counts.
    """

    id: int
    workspace_id: int
    client_id: int
    kind: RemedyKind
    description: str
    owner_id: int
    starts_on: date
    ends_on: date
    test: SuccessTest
    state: RemedyState
    begun_by_id: int
    begun_at: datetime
    test_category: str | None = None
    test_points: float | None = None
    discussion_id: int | None = None
    judged: RemedyOutcome | None = None
    judged_flags: int | None = None
    judged_score: float | None = None
    judged_at: datetime | None = None
    outcome: RemedyOutcome | None = None
    outcome_note: str = ""
    confirmed_by_id: int | None = None
    ended_at: datetime | None = None
